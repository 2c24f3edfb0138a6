#ifndef BLOCKS_256_H
#define BLOCKS_256_H

#include <stddef.h>
#include <stdint.h>

#include "stored_types.h"

// What the kernels of all block types with 256 numbers share. A product with such a block is one of whole numbers:
//   sum = scale of activations * (scale * sum of parts (part scale * sum of code * q) - offset scale * ...)
// and all whole sums fit 32 bits: 256 codes below 64, part scales below 129, |q| below 128.

/// A block in plain form: number i = scale * part_scale[i / 16] * code[i] - offset_scale * part_offset[i / 16].
typedef struct {
    int8_t code[256];
    int16_t part_scale[16], part_offset[16];
    float scale, offset_scale;
} PlainBlock256;

/// Reads one stored block into plain form.
typedef void BlockReader256(const uint8_t *restrict block, PlainBlock256 *restrict plain);

/// Packed activation rows for blocks of 256: row c starts at `first + c * stride`. Layout: `CKernelsStored.h`.
typedef struct {
    const uint8_t *first;
    size_t stride, length;
} Activations256;

/// Some stored rows times some activation rows, as many as the kernel was made for.
typedef void RowsKernel256(
    const uint8_t *rows, size_t row_bytes, size_t row_count, const Activations256 *activations, float *out,
    size_t out_stride);

static inline const int8_t *codes_256(const Activations256 *activations, size_t row, size_t block) {
    return (const int8_t *)(activations->first + row * activations->stride) + block * 256;
}

static inline const float *scale_256(const Activations256 *activations, size_t row, size_t block) {
    return (const float *)(activations->first + row * activations->stride + activations->length) + block;
}

static inline const int16_t *sums_256(const Activations256 *activations, size_t row, size_t block) {
    const size_t start = activations->length + activations->length / 256 * sizeof(float);
    return (const int16_t *)(activations->first + row * activations->stride + start) + block * 16;
}

/// A Float16 stored at any address, as float32.
STORED_INTERNAL float float16_256(const uint8_t *bytes);

/// Part scale and offset 0...7 of Q4_K and Q5_K from their 12 bytes: six bits each.
///
/// Bytes 0...3 have the scales and bytes 4...7 the offsets of parts 0...3 in their lower six bits. The upper two bits
/// belong to parts 4...7, whose lower four bits are in bytes 8...11: scale below, offset above.
STORED_INTERNAL void six_bit_pairs_256(const uint8_t *bytes, PlainBlock256 *plain);

STORED_INTERNAL void unpack_256_portable(
    BlockReader256 *read, size_t block_bytes, const uint8_t *blocks, float *out, size_t count);

STORED_INTERNAL void rows_dot_256_portable(
    BlockReader256 *read, size_t block_bytes, const uint8_t *rows, size_t row_bytes, size_t row_count, size_t length,
    const void *activations, size_t activation_count, float *out, size_t out_stride);

/// All rows with all activation rows, by `kernels[n - 1]` for n activation rows at a time.
STORED_INTERNAL void rows_dot_256(
    RowsKernel256 *const kernels[4], const uint8_t *rows, size_t row_bytes, size_t row_count, size_t length,
    const void *activations, size_t activation_count, float *out, size_t out_stride);

/// Writes the two functions of a type. The file has `read_block` and `block_bytes`, and on x86-64 `unpack_avx2` and
/// `kernels`.
#if defined(__x86_64__)
#define BLOCK_KERNELS_256(type)                                                                                       \
    void ckernels_##type##_unpack(const void *blocks, float *out, size_t count, CKernelsPath path) {                  \
        if (path == CKernelsPathAVX2) {                                                                               \
            unpack_avx2(blocks, out, count);                                                                          \
        } else {                                                                                                      \
            unpack_256_portable(read_block, block_bytes, blocks, out, count);                                         \
        }                                                                                                             \
    }                                                                                                                 \
                                                                                                                      \
    void ckernels_##type##_rows_dot(                                                                                  \
        const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations,                 \
        size_t activation_count, float *out, size_t out_stride, CKernelsPath path                                     \
    ) {                                                                                                               \
        if (path == CKernelsPathAVX2) {                                                                               \
            rows_dot_256(                                                                                             \
                kernels, rows, row_bytes, row_count, length, activations, activation_count, out, out_stride);         \
        } else {                                                                                                      \
            rows_dot_256_portable(                                                                                    \
                read_block, block_bytes, rows, row_bytes, row_count, length, activations, activation_count, out,      \
                out_stride);                                                                                          \
        }                                                                                                             \
    }
#else
#define BLOCK_KERNELS_256(type)                                                                                       \
    void ckernels_##type##_unpack(const void *blocks, float *out, size_t count, CKernelsPath path) {                  \
        (void)path;                                                                                                   \
        unpack_256_portable(read_block, block_bytes, blocks, out, count);                                             \
    }                                                                                                                 \
                                                                                                                      \
    void ckernels_##type##_rows_dot(                                                                                  \
        const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations,                 \
        size_t activation_count, float *out, size_t out_stride, CKernelsPath path                                     \
    ) {                                                                                                               \
        (void)path;                                                                                                   \
        rows_dot_256_portable(                                                                                        \
            read_block, block_bytes, rows, row_bytes, row_count, length, activations, activation_count, out,          \
            out_stride);                                                                                              \
    }
#endif

#endif
