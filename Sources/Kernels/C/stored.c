#include "stored_types.h"

#include <string.h>

// The three public functions: they choose the kernel by type, and the path that this processor can go.

/// `path`, or the portable one where this processor does not offer it.
static CKernelsPath offered(CKernelsPath path) {
    return path == ckernels_path() ? path : CKernelsPathPortable;
}

/// How many numbers share a block; 0 for no type.
static size_t block_length(CKernelsType type) {
    switch (type) {
    case CKernelsF32: case CKernelsF16: case CKernelsBF16: return 1;
    case CKernelsQ4_0: case CKernelsQ4_1: case CKernelsQ5_0: case CKernelsQ5_1: case CKernelsQ8_0:
    case CKernelsMXFP4: return 32;
    case CKernelsQ2_K: case CKernelsQ3_K: case CKernelsQ4_K: case CKernelsQ5_K: case CKernelsQ6_K: return 256;
    }
    return 0;
}

void ckernels_unpack(CKernelsType type, const void *blocks, float *out, size_t count, CKernelsPath path) {
    path = offered(path);
    switch (type) {
    case CKernelsF32: ckernels_f32_unpack(blocks, out, count, path); break;
    case CKernelsF16: ckernels_f16_unpack(blocks, out, count, path); break;
    case CKernelsBF16: ckernels_bf16_unpack(blocks, out, count, path); break;
    case CKernelsQ4_0: ckernels_q4_0_unpack(blocks, out, count, path); break;
    case CKernelsQ4_1: ckernels_q4_1_unpack(blocks, out, count, path); break;
    case CKernelsQ5_0: ckernels_q5_0_unpack(blocks, out, count, path); break;
    case CKernelsQ5_1: ckernels_q5_1_unpack(blocks, out, count, path); break;
    case CKernelsQ8_0: ckernels_q8_0_unpack(blocks, out, count, path); break;
    case CKernelsMXFP4: ckernels_mxfp4_unpack(blocks, out, count, path); break;
    case CKernelsQ2_K: ckernels_q2_K_unpack(blocks, out, count, path); break;
    case CKernelsQ3_K: ckernels_q3_K_unpack(blocks, out, count, path); break;
    case CKernelsQ4_K: ckernels_q4_K_unpack(blocks, out, count, path); break;
    case CKernelsQ5_K: ckernels_q5_K_unpack(blocks, out, count, path); break;
    case CKernelsQ6_K: ckernels_q6_K_unpack(blocks, out, count, path); break;
    }
}

size_t ckernels_activation_bytes(CKernelsType type, size_t length) {
    size_t bytes = length * sizeof(float);
    switch (block_length(type)) {
    case 32: bytes = length + length / 32 * (2 * sizeof(float) + sizeof(int32_t)); break;
    case 256: bytes = length + length / 256 * sizeof(float) + length / 16 * sizeof(int16_t); break;
    }
    return (bytes + 63) / 64 * 64;
}

void ckernels_pack_activations(CKernelsType type, const float *x, void *out, size_t length, CKernelsPath path) {
    if (length == 0) return;
    switch (block_length(type)) {
    case 1: memcpy(out, x, length * sizeof(float)); break;
    case 32: ckernels_pack_32(x, out, length, offered(path)); break;
    case 256: ckernels_pack_256(x, out, length, offered(path)); break;
    }
}

typedef void RowsDot(
    const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations,
    size_t activation_count, float *out, size_t out_stride, CKernelsPath path);

static RowsDot *rows_dot_of(CKernelsType type) {
    switch (type) {
    case CKernelsF32: return ckernels_f32_rows_dot;
    case CKernelsF16: return ckernels_f16_rows_dot;
    case CKernelsBF16: return ckernels_bf16_rows_dot;
    case CKernelsQ4_0: return ckernels_q4_0_rows_dot;
    case CKernelsQ4_1: return ckernels_q4_1_rows_dot;
    case CKernelsQ5_0: return ckernels_q5_0_rows_dot;
    case CKernelsQ5_1: return ckernels_q5_1_rows_dot;
    case CKernelsQ8_0: return ckernels_q8_0_rows_dot;
    case CKernelsMXFP4: return ckernels_mxfp4_rows_dot;
    case CKernelsQ2_K: return ckernels_q2_K_rows_dot;
    case CKernelsQ3_K: return ckernels_q3_K_rows_dot;
    case CKernelsQ4_K: return ckernels_q4_K_rows_dot;
    case CKernelsQ5_K: return ckernels_q5_K_rows_dot;
    case CKernelsQ6_K: return ckernels_q6_K_rows_dot;
    }
    return NULL;
}

void ckernels_rows_dot(
    CKernelsType type, const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations,
    size_t activation_count, float *out, size_t out_stride, CKernelsPath path
) {
    RowsDot *const rows_dot = rows_dot_of(type);
    if (rows_dot == NULL) return;
    rows_dot(
        rows, row_bytes, row_count, length, activations, activation_count, out, out_stride, offered(path));
}
