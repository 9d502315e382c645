// A button beside each password, to look at what was typed. Without scripts there is none, and nothing is missing.
const { show, hide } = document.currentScript.dataset;
for (const field of document.querySelectorAll("input[type=password]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = show;
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    button.textContent = field.type === "password" ? show : hide;
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
  field.after(button);
}
