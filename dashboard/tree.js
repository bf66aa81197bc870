// Draws a tree of plain data (see tree.py). Nothing is ever parsed as HTML: text becomes text nodes, and tags,
// attributes and addresses that are not listed here are dropped.
const TAGS = new Set(("a article b blockquote caption dd div dl dt em h2 h3 h4 li mark ol p section small span " +
  "strong table tbody td th thead time tr ul").split(" "));
const ATTRIBUTES = new Set(["aria-label", "aria-hidden", "aria-current", "aria-labelledby", "role", "scope",
  "colspan", "title", "datetime", "id", "lang", "tabindex"]);

function address(go) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(go.params)) {
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, one);
  }
  const text = query.toString();
  return (go.path || "./") + (text ? "?" + text : "");
}

// The app answers to a move in the history by drawing the view of the new address, without loading itself anew.
function follow(href) {
  window.history.pushState({}, "", href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

function build(node) {
  if (typeof node === "string") return document.createTextNode(node);
  const leads = node.go || node.url;
  const tag = leads ? "a" : node.t;
  if (!TAGS.has(tag)) return document.createTextNode("");
  const element = document.createElement(tag);
  if (node.k) element.className = node.k;
  for (const [name, value] of Object.entries(node.a || {})) {
    if (ATTRIBUTES.has(name)) element.setAttribute(name, value);
  }
  if (typeof node.bar === "number") element.style.setProperty("--bar", node.bar * 100 + "%");
  if (node.colour) element.style.setProperty("--mark", node.colour);
  if (node.go) {
    element.href = address(node.go);
    element.target = "_self";
    element.addEventListener("click", (event) => {
      // A click with a key held, or with another button, is the browser's: a new tab, a new window.
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      follow(element.href);
    });
  } else if (node.url && /^https?:/i.test(node.url)) {
    element.href = node.url;
    element.target = "_blank";
    element.rel = "noopener noreferrer";
  }
  for (const child of node.c) element.append(build(child));
  return element;
}

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".tree");
  const focused = parentElement.activeElement && parentElement.activeElement.getAttribute
    ? parentElement.activeElement.getAttribute("href") : null;
  const drawn = JSON.stringify(data);
  if (root.dataset.drawn === drawn) return;
  root.dataset.drawn = drawn;
  root.replaceChildren(...data.nodes.map((node) => build(node)));
  if (focused) {
    const again = [...root.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused);
    if (again) again.focus({ preventScroll: true });
  }
  // What a click has opened is brought into view where the page is too narrow to show it beside.
  if (data.reveal && root.dataset.revealed !== data.reveal) {
    root.dataset.revealed = data.reveal;
    const heading = root.querySelector("h2, h3");
    if (heading) {
      heading.tabIndex = -1;
      const bounds = root.getBoundingClientRect();
      if (bounds.top > window.innerHeight * 0.7 || bounds.top < 0) {
        root.scrollIntoView({ block: "start", behavior: "auto" });
      }
      heading.focus({ preventScroll: true });
    }
  }
}
