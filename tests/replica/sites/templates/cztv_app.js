const app = document.getElementById("app");
const get = (path) => fetch(path, { headers: { accept: "application/json" } }).then((answer) => answer.json());
const line = (tag, text, kind) => Object.assign(document.createElement(tag), { textContent: text, className: kind || "" });
if (location.pathname === "/") {
  get("/api/home").then(({ list }) => {
    for (const item of list) {
      const row = app.appendChild(line("li", item.time + " "));
      row.appendChild(Object.assign(line("a", item.title), { href: "/newsDetail/" + item.id }));
    }
  });
} else {
  get("/api/news" + location.pathname.replace("/newsDetail", "")).then((news) => {
    document.title = news.title + "_中国蓝新闻";
    app.append(line("h1", news.title), line("div", news.time + " 来源：" + news.credit, "info"));
    const content = app.appendChild(line("div", "", "content"));
    content.append(...news.paragraphs.map((text) => line("p", text)));
  });
}
