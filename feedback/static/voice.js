// Where this device has a voice of its own, the page may be read aloud: only then is static/aloud.js fetched.
"use strict";
{
  const { dataset } = document.currentScript, mouth = self.speechSynthesis;
  let isFetched = false;
  const fetchIt = () => {
    if (isFetched || !mouth.getVoices().some((voice) => voice.localService)) return;
    isFetched = true;
    const script = document.createElement("script");
    Object.assign(script.dataset, dataset);
    script.src = dataset.src;
    document.head.append(script);
  };
  if (mouth) {
    mouth.addEventListener?.("voiceschanged", fetchIt);
    fetchIt();
  }
}
