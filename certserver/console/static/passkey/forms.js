// What both forms of passkeys share: one asks the server for options, the browser's authenticator for an answer, and
// sends it. Without passkeys in the browser the forms stay hidden: all else works without a script.

export function whenPossible(answers) {
  const form = document.getElementById("passkey");
  if (!form || !window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    return;
  }
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say(form, "");
    try {
      await going(form, answers);
    } catch {
      say(form, form.querySelector("[data-unfinished]").dataset.unfinished);
    }
    button.disabled = false;
  });
}

async function going(form, answers) {
  const options = await told(await sent(`${form.getAttribute("action").replace(/\/passkeys?$/, "")}/passkey-options`, form));
  const credential = await answers(options);
  const body = new URLSearchParams(new FormData(form));
  body.set("answer", JSON.stringify(credential.toJSON()));
  const reply = await told(await fetch(form.getAttribute("action"), { method: "POST", body, redirect: "error" }));
  if (reply.to) {
    location.assign(reply.to);
  } else {
    say(form, reply.why);
  }
}

function sent(path, form) {
  return fetch(path, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "error" });
}

function told(response) {
  return response.json();
}

function say(form, text) {
  const line = form.querySelector("[data-unfinished]");
  line.textContent = text;
  line.hidden = !text;
}
