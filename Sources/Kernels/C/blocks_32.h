#ifndef BLOCKS_32_H
#define BLOCKS_32_H

#include <stddef.h>
#include <stdint.h>

#include "stored_types.h"

// What the kernels of all block types with 32 numbers share. A product with such a block is one of whole numbers:
//   sum = activation scale * scale * sum of code * q + least * scaled sum of q
// and the whole sum is exact: |code| and |q| are at most 128.

/// A block in plain form: number i = scale * code[i] + least. A type without a least number has -0, which adds nothing
/// to any number, not even to a zero's sign.
typedef struct {
    int8_t code[32];
    float scale, least;
} PlainBlock32;

/// Reads one stored block into plain form.
typedef void BlockReader32(const uint8_t *block, PlainBlock32 *plain);

/// Packed activation rows for blocks of 32: row c starts at `first + c * stride`. Layout: `CKernelsStored.h`.
typedef struct {
    const uint8_t *first;
    size_t stride, length;
} Activations32;

/// Stored rows times some activation rows, 1 or more and at most as many as the kernel was made for.
typedef void RowsKernel32(
    const uint8_t *rows, size_t row_bytes, size_t row_count, const Activations32 *activations, size_t activation_count,
    float *out, size_t out_stride);

static inline const int8_t *codes_32(const Activations32 *activations, size_t row) {
    return (const int8_t *)(activations->first + row * activations->stride);
}

static inline const float *scales_32(const Activations32 *activations, size_t row) {
    return (const float *)(activations->first + row * activations->stride + activations->length);
}

/// Scale times sum of the codes, for every block.
static inline const float *scaled_sums_32(const Activations32 *activations, size_t row) {
    return scales_32(activations, row) + activations->length / 32;
}

/// Sum of the codes, for every block.
static inline const int32_t *sums_32(const Activations32 *activations, size_t row) {
    return (const int32_t *)(scaled_sums_32(activations, row) + activations->length / 32);
}

/// A Float16 stored at any address, as float32.
STORED_INTERNAL float float16_32(const uint8_t *bytes);

/// The lower and the upper halves of 16 bytes as 32 codes 0...15.
STORED_INTERNAL void read_half_bytes_32(const uint8_t *bytes, int8_t *codes);

/// Adds 16 to the codes whose bit is set in the 4 bytes at `bits`.
STORED_INTERNAL void read_fifth_bits_32(const uint8_t *bits, int8_t *codes);

/// A type of block: its portable reading, and the kernel of this processor's own path, null where it has none.
typedef struct {
    size_t block_bytes;
    BlockReader32 *read;
    RowsKernel32 *rows_dot;
    size_t most_activations;  // so many at a time
} BlockType32;

STORED_INTERNAL void unpack_32_portable(
    BlockReader32 *read, size_t block_bytes, const uint8_t *blocks, float *out, size_t count);

STORED_INTERNAL void rows_dot_32(
    const BlockType32 *type, const uint8_t *rows, size_t row_bytes, size_t row_count, size_t length,
    const void *activations, size_t activation_count, float *out, size_t out_stride, CKernelsPath path);

#if defined(__x86_64__) || defined(__aarch64__)
#define UNPACK_32(path, blocks, out, count) \
    if ((path) != CKernelsPathPortable) { \
        own_unpack(blocks, out, count); \
    } else { \
        unpack_32_portable(read_block, block_bytes, blocks, out, count); \
    }
#define OWN_ROWS_DOT_32 own_rows_dot, most_activations
#else
#define UNPACK_32(path, blocks, out, count) unpack_32_portable(read_block, block_bytes, blocks, out, count);
#define OWN_ROWS_DOT_32 NULL, 0
#endif

/// The function of `stored_types.h` that unpacks, from what a type's file has: `block_bytes`, `read_block` and the
/// processor's own `own_unpack`.
#define BLOCK_UNPACK_32(name) \
    void ckernels_##name##_unpack(const void *blocks, float *out, size_t count, CKernelsPath path) { \
        UNPACK_32(path, blocks, out, count) \
    }

/// The one that multiplies, from `own_rows_dot` and `most_activations` too.
#define BLOCK_ROWS_DOT_32(name) \
    void ckernels_##name##_rows_dot( \
        const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations, \
        size_t activation_count, float *out, size_t out_stride, CKernelsPath path \
    ) { \
        static const BlockType32 type = {block_bytes, read_block, OWN_ROWS_DOT_32}; \
        rows_dot_32( \
            &type, rows, row_bytes, row_count, length, activations, activation_count, out, out_stride, path); \
    }

#endif
