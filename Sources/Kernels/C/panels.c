#include "CKernelsEncoder.h"

#include <stdbool.h>
#include <string.h>

// Float rows times many float rows, for a model whose weights are floats and are used again and again. The weights are
// packed once: 16 rows side by side, so that one step over the summed index loads two vectors of weights and multiplies
// them with one number each of 6 rows of x. The 12 sums with their factors fill the 16 registers of AVX2, and 8 loads
// feed 12 multiply-adds.
//
// Law: every output is one sum that begins with the bias and adds the products in the order of the index, so it is the
// same however many rows are asked for at once.

enum {
    Lane = 8,        // numbers of a vector
    PanelRows = 16,  // packed rows side by side
    Group = 6,       // rows of x in one step
    Stretch = 512,   // summed numbers between two visits of the output: a panel's stretch is 32 KiB
};

typedef float Lanes __attribute__((vector_size(Lane * sizeof(float)), may_alias));
typedef float LooseLanes __attribute__((vector_size(Lane * sizeof(float)), may_alias, aligned(4)));

/// One step's rows of x, and where its results go.
typedef struct {
    const float *x;
    size_t x_stride;
    float *out;
    size_t out_stride;
    const float *bias;  ///< 16 numbers that the sums begin with; null: they go on with what `out` has
    size_t rows;        ///< how many of the panel's rows there are, 1...16
} Step;

static inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/// `length` numbers of `columns` rows of x times those of a panel.
static inline __attribute__((always_inline)) void multiply_group(
    const float *panel, size_t length, const int columns, const Step *step) {
    Lanes sums[Group][2];
    float few[Group][PanelRows];
    const bool whole = step->rows == PanelRows;
    for (int column = 0; column < columns; column++) {
        const float *from = step->bias ? step->bias : step->out + (size_t)column * step->out_stride;
        if (!whole && !step->bias) from = memcpy(few[column], from, step->rows * sizeof(float));
        sums[column][0] = *(const LooseLanes *)from;
        sums[column][1] = *(const LooseLanes *)(from + Lane);
    }
    for (size_t i = 0; i < length; i++) {
        const Lanes low = *(const Lanes *)(panel + i * PanelRows);
        const Lanes high = *(const Lanes *)(panel + i * PanelRows + Lane);
        // What the next stretch or panel begins with: the weights come from memory once for all rows of x.
        __builtin_prefetch(panel + (i + length) * PanelRows);
        for (int column = 0; column < columns; column++) {
            const float x = step->x[(size_t)column * step->x_stride + i];
            sums[column][0] += low * x;
            sums[column][1] += high * x;
        }
    }
    for (int column = 0; column < columns; column++) {
        float *const out = step->out + (size_t)column * step->out_stride;
        if (whole) {
            *(LooseLanes *)out = sums[column][0];
            *(LooseLanes *)(out + Lane) = sums[column][1];
        } else {
            memcpy(few[column], &sums[column][0], Lane * sizeof(float));
            memcpy(few[column] + Lane, &sums[column][1], Lane * sizeof(float));
            memcpy(out, few[column], step->rows * sizeof(float));
        }
    }
}

/// All rows of x times a stretch of one panel, in groups of at most `widest`, as even as they can be.
static inline __attribute__((always_inline)) void multiply_panel(
    const float *panel, size_t length, size_t count, const int widest, Step step) {
    const size_t groups = (count + (size_t)widest - 1) / (size_t)widest;
    for (size_t group = 0; group < groups; group++) {
        const size_t columns = count * (group + 1) / groups - count * group / groups;
        switch (columns) {
        case 1: multiply_group(panel, length, 1, &step); break;
        case 2: multiply_group(panel, length, 2, &step); break;
        case 3: if (widest >= 3) multiply_group(panel, length, 3, &step); break;
        case 4: if (widest >= 4) multiply_group(panel, length, 4, &step); break;
        case 5: if (widest >= 5) multiply_group(panel, length, 5, &step); break;
        default: if (widest >= 6) multiply_group(panel, length, 6, &step); break;
        }
        step.x += columns * step.x_stride;
        step.out += columns * step.out_stride;
    }
}

typedef void MultiplyPanel(const float *panel, size_t length, size_t count, Step step);

// Two rows of x: as many sums as 16 registers of four lanes hold.
static void multiply_portable(const float *panel, size_t length, size_t count, Step step) {
    multiply_panel(panel, length, count, 2, step);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma")))
static void multiply_avx2(const float *panel, size_t length, size_t count, Step step) {
    multiply_panel(panel, length, count, 6, step);
}
#elif defined(__aarch64__)
// Twelve sums of eight lanes are 24 of the 32 registers.
static void multiply_neon(const float *panel, size_t length, size_t count, Step step) {
    multiply_panel(panel, length, count, 6, step);
}
#endif

static MultiplyPanel *multiply_on(CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) return multiply_avx2;
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) return multiply_neon;
#endif
    (void)path;
    return multiply_portable;
}

size_t ckernels_panel_rows(void) { return PanelRows; }

void ckernels_panels_pack(const float *rows, size_t row_count, size_t length, float *panels) {
    for (size_t first = 0; first < row_count; first += PanelRows) {
        float *const panel = panels + first * length;
        for (size_t i = 0; i < length; i++) {
            for (size_t row = 0; row < PanelRows; row++) {
                panel[i * PanelRows + row] = first + row < row_count ? rows[(first + row) * length + i] : 0;
            }
        }
    }
}

void ckernels_panels_product(
    const float *panels, const float *bias, size_t row_count, size_t length, const float *x, size_t x_stride,
    size_t count, float *out, size_t out_stride, CKernelsPath path) {
    MultiplyPanel *const multiply = multiply_on(path);
    // Stretches of the same length, or none is long: an empty sum is its bias.
    const size_t stretches = length == 0 ? 1 : (length + Stretch - 1) / Stretch;
    for (size_t row = 0; row < row_count && count > 0; row += PanelRows) {
        const size_t rows = smaller(row_count - row, PanelRows);
        float begin[PanelRows] = {0};
        if (bias) memcpy(begin, bias + row, rows * sizeof(float));
        const float *const panel = panels + row * length;
        for (size_t stretch = 0; stretch < stretches; stretch++) {
            const size_t from = length * stretch / stretches, end = length * (stretch + 1) / stretches;
            const Step step = {x + from, x_stride, out + row, out_stride, stretch == 0 ? begin : NULL, rows};
            multiply(panel + from * PanelRows, end - from, count, step);
        }
    }
}
