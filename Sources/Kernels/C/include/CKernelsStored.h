#ifndef CKERNELS_STORED_H
#define CKERNELS_STORED_H

#include <stddef.h>
#include <stdint.h>

#include "CKernelsPath.h"

// Rows of numbers as a model file stores them: singly, or in blocks of 32 or 256 that share scales. A row holds whole
// blocks, rows need no alignment, and nothing is read beyond a row's last byte. Types are ggml's codes.
typedef enum {
    CKernelsF32 = 0, CKernelsF16 = 1, CKernelsQ4_0 = 2, CKernelsQ4_1 = 3, CKernelsQ5_0 = 6, CKernelsQ5_1 = 7,
    CKernelsQ8_0 = 8, CKernelsQ2_K = 10, CKernelsQ3_K = 11, CKernelsQ4_K = 12, CKernelsQ5_K = 13, CKernelsQ6_K = 14,
    CKernelsBF16 = 30, CKernelsMXFP4 = 39,
} CKernelsType;

/// Writes the `count` numbers stored at `blocks` to `out`, exactly as the plain reading of the format gives them.
void ckernels_unpack(CKernelsType type, const void *blocks, float *out, size_t count, CKernelsPath path);

// Activations in the form a product with stored rows takes them (`ckernels_rows_dot`). With single-number types that
// is plain float32. With block types it is 8-bit integers and, for every block, what the block shares:
//   blocks of 32:   int8 q[length], float scale[length / 32], float scaled_sum[length / 32] (scale * sum of q),
//                   int32 sum[length / 32] (of q)
//   blocks of 256:  int8 q[length], float scale[length / 256], int16 sums[length / 16] (of 16 q)
// Rows of activations follow each other at `ckernels_activation_bytes`, a multiple of 64.

/// Bytes of one row of `length` activations made for stored rows of `type`.
size_t ckernels_activation_bytes(CKernelsType type, size_t length);

/// Rounds `length` float32 activations at `x` into the form for `type`, at `out` (64-byte aligned).
void ckernels_pack_activations(CKernelsType type, const float *x, void *out, size_t length, CKernelsPath path);

/// out[c * out_stride + r] = dot product of stored row r and packed activation row c, for r < row_count and
/// c < activation_count. A stored block is decoded once for several activation rows.
void ckernels_rows_dot(
    CKernelsType type, const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations,
    size_t activation_count, float *out, size_t out_stride, CKernelsPath path);

#endif
