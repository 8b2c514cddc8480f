// Enhancement only: every page works without it. Addresses with #c=START-END (code points) become ?c=START-END, which the server marks.
(() => {
  "use strict";
  const open = () => {
    const found = /^#c=(\d{1,10})-(\d{1,10})$/.exec(location.hash);
    if (found && location.pathname.startsWith("/d/")) {
      location.replace(`${location.pathname}?c=${found[1]}-${found[2]}#here`);
    }
  };
  addEventListener("hashchange", open);
  open();
})();
