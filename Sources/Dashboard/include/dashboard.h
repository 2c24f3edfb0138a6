#pragma once
#include <stddef.h>

/// One file of the dashboard's page.
struct dashboard_file {
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// The file of this number; NULL behind the last.
const struct dashboard_file *dashboard_file(ptrdiff_t number);
