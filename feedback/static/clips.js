// Recording in the browser, one text at a time. What was recorded, and a file that the server could not read, becomes a
// WAV file here and is sent with the same form as any file.
"use strict";
{
  const RATE = 24000, LONGEST = 180, MOST = 10 * 1024 * 1024, PLAIN = /\.(wav|mp3|ogg|oga|opus|flac)$/i;
  const words = document.querySelector("[data-clips]").dataset;
  let busy = null;

  for (const form of document.querySelectorAll("[data-clip]")) {
    sendAsWav(form);
    if (navigator.mediaDevices?.getUserMedia && self.MediaRecorder) letRecord(form);
  }

  function letRecord(form) {
    const part = (name) => form.querySelector(`[data-${name}]`);
    const record = part("record"), listen = part("listen"), keep = part("keep"), level = part("level"), said = part("said");
    let kept = null, playing = null;
    part("recorder").hidden = false;

    record.addEventListener("click", async () => {
      if (busy) {
        const isOther = busy.recorder && busy.form !== form;
        busy.stop();
        if (!isOther) return;
      }
      hush();
      try {
        // Before the browser asks, so that a second press does not ask again.
        busy = { form, stop() {} };
        await begin(await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } }));
      } catch (wrong) {
        busy = null;
        const missing = wrong.name === "NotFoundError", refused = ["NotAllowedError", "SecurityError"].includes(wrong.name);
        tell(refused ? words.refused : missing ? words.nomicrophone : words.failed, true);
      }
    });
    listen.addEventListener("click", () => (playing ? hush() : play()));
    keep.addEventListener("click", () => {
      hush();
      tell(words.keeping);
      put(form, kept);
      form.submit();
    });

    async function begin(stream) {
      const recorder = new MediaRecorder(stream), pieces = [], ear = new AudioContext();
      const heard = ear.createAnalyser(), now = new Float32Array(heard.fftSize);
      ear.createMediaStreamSource(stream).connect(heard);
      const end = setTimeout(() => recorder.stop(), LONGEST * 1000 - 1000);
      recorder.addEventListener("dataavailable", (piece) => pieces.push(piece.data));
      recorder.addEventListener("stop", async () => {
        clearTimeout(end);
        for (const track of stream.getTracks()) track.stop();
        ear.close();
        if (busy?.recorder === recorder) busy = null;
        level.hidden = true;
        record.textContent = words.again;
        try {
          kept = await decoded(new Blob(pieces));
          tell(words.recorded);
        } catch {
          kept = null;
          tell(words.failed, true);
        }
        listen.hidden = keep.hidden = !kept;
      });
      recorder.start();
      busy = { form, recorder, stop: () => recorder.state !== "inactive" && recorder.stop() };
      level.hidden = false;
      listen.hidden = keep.hidden = true;
      record.textContent = words.stop;
      tell(words.recording);
      (function look() {
        if (recorder.state === "inactive") return;
        heard.getFloatTimeDomainData(now);
        level.value = Math.min(1, 1.5 * now.reduce((loudest, each) => Math.max(loudest, Math.abs(each)), 0));
        requestAnimationFrame(look);
      })();
    }

    function play() {
      const mouth = new AudioContext(), sound = mouth.createBuffer(1, kept.length, RATE), voice = mouth.createBufferSource();
      sound.copyToChannel(kept, 0);
      voice.buffer = sound;
      voice.connect(mouth.destination);
      voice.addEventListener("ended", hush);
      voice.start();
      playing = mouth;
      listen.textContent = words.stop;
    }

    function hush() {
      playing?.close();
      playing = null;
      listen.textContent = words.listen;
    }

    function tell(sentence, isWrong = false) {
      said.textContent = sentence;
      said.classList.toggle("not", isWrong);
    }
  }

  function sendAsWav(form) {
    form.addEventListener("submit", async (sent) => {
      const file = form.elements.namedItem("sound").files[0];
      if (!file || (PLAIN.test(file.name) && file.size <= MOST)) return;
      sent.preventDefault();
      try {
        // One second too much is enough for the server to say so.
        put(form, (await decoded(file)).subarray(0, (LONGEST + 1) * RATE));
      } catch {
        // The server says what to do with it.
      }
      form.submit();
    });
  }

  // As one channel at our rate, whatever it was: the context brings it there.
  async function decoded(blob) {
    const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await blob.arrayBuffer());
    const mixed = new Float32Array(sound.length), channels = sound.numberOfChannels;
    for (let channel = 0; channel < channels; channel++) {
      sound.getChannelData(channel).forEach((each, place) => (mixed[place] += each / channels));
    }
    return mixed;
  }

  function put(form, samples) {
    const carrier = new DataTransfer();
    carrier.items.add(new File([wav(samples)], "voice.wav", { type: "audio/wav" }));
    form.elements.namedItem("sound").files = carrier.files;
  }

  function wav(samples) {
    const view = new DataView(new ArrayBuffer(44 + 2 * samples.length));
    const letters = (place, text) => [...text].forEach((each, index) => view.setUint8(place + index, each.charCodeAt(0)));
    letters(0, "RIFF");
    view.setUint32(4, 36 + 2 * samples.length, true);
    letters(8, "WAVEfmt ");
    view.setUint32(16, 16, true);
    view.setUint16(20, 1, true);
    view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true);
    view.setUint32(28, 2 * RATE, true);
    view.setUint16(32, 2, true);
    view.setUint16(34, 16, true);
    letters(36, "data");
    view.setUint32(40, 2 * samples.length, true);
    samples.forEach((each, place) => view.setInt16(44 + 2 * place, 32767 * Math.max(-1, Math.min(1, each)), true));
    return view.buffer;
  }
}
