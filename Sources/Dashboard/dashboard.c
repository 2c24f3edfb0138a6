// The page's files, put into the program by the compiler as they are: `#embed` of C23, which clang takes in every mode.
#include "dashboard.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char index_html[] = {
#embed "page/index.html"
};
static const unsigned char page_css[] = {
#embed "page/page.css"
};
static const unsigned char icon_svg[] = {
#embed "page/icon.svg"
};
static const unsigned char theme_js[] = {
#embed "page/theme.js"
};
static const unsigned char app_js[] = {
#embed "page/app.js"
};
static const unsigned char service_js[] = {
#embed "page/service.js"
};
static const unsigned char elements_js[] = {
#embed "page/elements.js"
};
static const unsigned char figures_js[] = {
#embed "page/figures.js"
};
static const unsigned char charts_js[] = {
#embed "page/charts.js"
};
static const unsigned char live_js[] = {
#embed "page/live.js"
};
static const unsigned char traces_js[] = {
#embed "page/traces.js"
};
static const unsigned char story_js[] = {
#embed "page/story.js"
};
static const unsigned char skills_js[] = {
#embed "page/skills.js"
};
static const unsigned char playground_js[] = {
#embed "page/playground.js"
};
static const unsigned char bench_js[] = {
#embed "page/bench.js"
};
static const unsigned char manage_js[] = {
#embed "page/manage.js"
};

#define FILE_OF(name, bytes) {name, bytes, sizeof(bytes)}

static const struct dashboard_file files[] = {
    FILE_OF("index.html", index_html),
    FILE_OF("page.css", page_css),
    FILE_OF("icon.svg", icon_svg),
    FILE_OF("theme.js", theme_js),
    FILE_OF("app.js", app_js),
    FILE_OF("service.js", service_js),
    FILE_OF("elements.js", elements_js),
    FILE_OF("figures.js", figures_js),
    FILE_OF("charts.js", charts_js),
    FILE_OF("live.js", live_js),
    FILE_OF("traces.js", traces_js),
    FILE_OF("story.js", story_js),
    FILE_OF("skills.js", skills_js),
    FILE_OF("playground.js", playground_js),
    FILE_OF("bench.js", bench_js),
    FILE_OF("manage.js", manage_js),
};

const struct dashboard_file *dashboard_file(ptrdiff_t number) {
    if (number < 0 || (size_t)number >= sizeof(files) / sizeof(files[0])) return NULL;
    return &files[number];
}
