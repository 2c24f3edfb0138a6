#include "CKernelsProduct.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// Stored rows times many float rows. A tile of stored rows is decoded once, to floats that stay in the second cache;
// then every float row passes over it, a few at a time, from the first cache. Both sides have the summed index
// contiguous, so one step takes eight numbers of each of 4 stored rows and 3 float rows and adds to 12 sums of eight
// lanes, which with their factors fill the 16 registers of AVX2: 7 loads for 12 multiply-adds.
//
// Law: an output is the same numbers added in the same order however many rows are asked for at once. It has one sum
// of eight lanes per stretch of the summed index, the lanes are added as a fixed tree, and the stretches in order.

enum {
    Lane = 8,                // numbers of a vector
    GroupRows = 4,           // stored rows of one step
    GroupColumns = 3,        // float rows of one step
    Stretch = 512,           // summed numbers between two visits of the output; whole blocks of 256
    TileRows = 64,           // stored rows decoded at once: 132 KiB
    PanelColumns = 6,        // float rows copied at once, to lie together and begin on a vector: 12 KiB
    FewColumnsTileRows = 8,  // when one panel holds all float rows, the tile too fits the first cache: 16 KiB
    Stride = Stretch + 16,   // from row to row in the working memory; a power of two would share sets of the cache
};

_Static_assert(Stretch % 256 == 0, "a stretch holds whole blocks");
_Static_assert(TileRows % GroupRows == 0 && FewColumnsTileRows % GroupRows == 0, "a tile holds whole groups");

typedef float Lanes __attribute__((vector_size(Lane * sizeof(float)), may_alias));
typedef float Four __attribute__((vector_size(GroupRows * sizeof(float)), may_alias));

/// The working memory of one call.
typedef struct {
    float tile[TileRows][Stride];
    float panel[PanelColumns][Stride];
} Scratch;

/// Where the results of a group go.
typedef struct {
    float *out;
    size_t stride;  ///< from column to column
    size_t rows;    ///< how many of the group's rows there are, 1...4
    bool first;     ///< whether they are the first numbers there, else they are added
} Target;

static inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/// The sums of the lanes of four vectors, each added in the same order.
static inline __attribute__((always_inline)) Four sum_lanes(const Lanes *sums) {
    // Four parts of row 0 and four of row 2; then the same of rows 1 and 3.
    const Lanes even = __builtin_shufflevector(sums[0], sums[2], 0, 1, 2, 3, 8, 9, 10, 11)
        + __builtin_shufflevector(sums[0], sums[2], 4, 5, 6, 7, 12, 13, 14, 15);
    const Lanes odd = __builtin_shufflevector(sums[1], sums[3], 0, 1, 2, 3, 8, 9, 10, 11)
        + __builtin_shufflevector(sums[1], sums[3], 4, 5, 6, 7, 12, 13, 14, 15);
    // Two parts of each of the rows 0, 1, 2, 3.
    const Lanes pairs = __builtin_shufflevector(even, odd, 0, 2, 8, 10, 4, 6, 12, 14)
        + __builtin_shufflevector(even, odd, 1, 3, 9, 11, 5, 7, 13, 15);
    return __builtin_shufflevector(pairs, pairs, 0, 2, 4, 6) + __builtin_shufflevector(pairs, pairs, 1, 3, 5, 7);
}

/// Four rows of the tile times `columns` rows of the panel, over `length` numbers, a multiple of eight.
static inline __attribute__((always_inline)) void multiply_group(
    const float *tile, const float *panel, size_t length, const int columns, Target target) {
    Lanes sums[GroupColumns][GroupRows] = {0};
    for (size_t i = 0; i < length; i += Lane) {
        Lanes x[GroupColumns];
        for (int column = 0; column < columns; column++) x[column] = *(const Lanes *)(panel + column * Stride + i);
        for (int row = 0; row < GroupRows; row++) {
            const Lanes numbers = *(const Lanes *)(tile + row * Stride + i);
            for (int column = 0; column < columns; column++) sums[column][row] += numbers * x[column];
        }
    }
    for (int column = 0; column < columns; column++) {
        float *const out = target.out + (size_t)column * target.stride;
        const Four sum = sum_lanes(sums[column]);
        if (target.rows == GroupRows) {
            Four total = {0};
            if (!target.first) memcpy(&total, out, sizeof total);
            total += sum;
            memcpy(out, &total, sizeof total);
        } else {
            for (size_t row = 0; row < target.rows; row++) out[row] = (target.first ? 0 : out[row]) + sum[row];
        }
    }
}

/// The rows of the tile times the rows of the panel, at most `widest` of these in one step.
static inline __attribute__((always_inline)) void multiply_panel(
    const Scratch *memory, size_t rows, size_t columns, size_t length, const int widest, Target target) {
    float *const out = target.out;
    for (size_t row = 0; row < rows; row += GroupRows) {
        const float *const tile = memory->tile[row];
        target.rows = smaller(rows - row, GroupRows);
        for (size_t column = 0; column < columns;) {
            const float *const panel = memory->panel[column];
            const size_t left = columns - column;
            target.out = out + column * target.stride + row;
            // The last four are two and two: a single one has too few sums to keep the units busy.
            if (widest >= 3 && left >= 3 && left != 4) {
                multiply_group(tile, panel, length, 3, target);
                column += 3;
            } else if (widest >= 2 && left >= 2) {
                multiply_group(tile, panel, length, 2, target);
                column += 2;
            } else {
                multiply_group(tile, panel, length, 1, target);
                column += 1;
            }
        }
    }
}

typedef void MultiplyPanel(const Scratch *memory, size_t rows, size_t columns, size_t length, Target target);

// The sums of one column are as many as 16 registers of four lanes hold.
static void multiply_portable(const Scratch *memory, size_t rows, size_t columns, size_t length, Target target) {
    multiply_panel(memory, rows, columns, length, 1, target);
}

#if defined(__x86_64__)
__attribute__((target("avx2,fma")))
static void multiply_avx2(const Scratch *memory, size_t rows, size_t columns, size_t length, Target target) {
    multiply_panel(memory, rows, columns, length, 3, target);
}
#elif defined(__aarch64__)
// Eight lanes are two of the 32 registers.
static void multiply_neon(const Scratch *memory, size_t rows, size_t columns, size_t length, Target target) {
    multiply_panel(memory, rows, columns, length, 3, target);
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

/// Bytes of the first `length` numbers of a row, whole blocks.
static size_t stored_bytes(CKernelsType type, size_t length) {
    switch (type) {
    case CKernelsF32: return length * 4;
    case CKernelsF16:
    case CKernelsBF16: return length * 2;
    case CKernelsQ4_0: return length / 32 * 18;
    case CKernelsQ4_1: return length / 32 * 20;
    case CKernelsQ5_0: return length / 32 * 22;
    case CKernelsQ5_1: return length / 32 * 24;
    case CKernelsQ8_0: return length / 32 * 34;
    case CKernelsMXFP4: return length / 32 * 17;
    case CKernelsQ2_K: return length / 256 * 84;
    case CKernelsQ3_K: return length / 256 * 110;
    case CKernelsQ4_K: return length / 256 * 144;
    case CKernelsQ5_K: return length / 256 * 176;
    case CKernelsQ6_K: return length / 256 * 210;
    }
    return 0;
}

/// The next multiple of a vector's numbers.
static size_t padded_length(size_t length) { return (length + Lane - 1) / Lane * Lane; }

/// Fills a row up with zeros, which add nothing.
static void pad(float *row, size_t length) {
    memset(row + length, 0, (padded_length(length) - length) * sizeof(float));
}

static void fill_tile(
    Scratch *memory, CKernelsType type, const uint8_t *from, size_t row_bytes, size_t rows, size_t length,
    CKernelsPath path) {
    for (size_t row = 0; row < rows; row++) {
        ckernels_unpack(type, from + row * row_bytes, memory->tile[row], length, path);
        pad(memory->tile[row], length);
    }
    for (size_t row = rows; row % GroupRows != 0; row++) {
        memset(memory->tile[row], 0, padded_length(length) * sizeof(float));
    }
}

static void fill_panel(Scratch *memory, const float *x, size_t x_stride, size_t columns, size_t length) {
    for (size_t column = 0; column < columns; column++) {
        memcpy(memory->panel[column], x + column * x_stride, length * sizeof(float));
        pad(memory->panel[column], length);
    }
}

size_t ckernels_product_scratch_bytes(void) { return sizeof(Scratch); }

void ckernels_rows_product(
    CKernelsType type, const void *rows, size_t row_bytes, size_t row_count, size_t length, const float *x,
    size_t x_stride, size_t count, float *out, size_t out_stride, void *scratch, CKernelsPath path) {
    if (row_count == 0 || count == 0) return;
    for (size_t column = 0; column < count && length == 0; column++) {
        memset(out + column * out_stride, 0, row_count * sizeof(float));
    }
    Scratch *const memory = scratch;
    MultiplyPanel *const multiply = multiply_on(path);
    const bool one_panel = count <= PanelColumns;
    const size_t tile_rows = one_panel ? FewColumnsTileRows : TileRows;
    for (size_t start = 0; start < length; start += Stretch) {
        const size_t stretch = smaller(length - start, Stretch);
        const uint8_t *const stored = (const uint8_t *)rows + stored_bytes(type, start);
        if (one_panel) fill_panel(memory, x + start, x_stride, count, stretch);
        for (size_t row = 0; row < row_count; row += tile_rows) {
            const size_t rows_here = smaller(row_count - row, tile_rows);
            fill_tile(memory, type, stored + row * row_bytes, row_bytes, rows_here, stretch, path);
            for (size_t column = 0; column < count; column += PanelColumns) {
                const size_t columns = smaller(count - column, PanelColumns);
                if (!one_panel) fill_panel(memory, x + column * x_stride + start, x_stride, columns, stretch);
                const Target target = {out + column * out_stride + row, out_stride, GroupRows, start == 0};
                multiply(memory, rows_here, columns, padded_length(stretch), target);
            }
        }
    }
}
