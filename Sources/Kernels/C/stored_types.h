#ifndef STORED_TYPES_H
#define STORED_TYPES_H

#include "CKernelsStored.h"

// What every stored type offers to `stored.c`. The arguments mean what they mean in `CKernelsStored.h`, without the
// type; a path is one that this processor offers.

/// Seen by the files of the kernels only.
#define STORED_INTERNAL __attribute__((visibility("hidden")))

#define STORED_TYPE(name) \
    STORED_INTERNAL void ckernels_##name##_unpack(const void *blocks, float *out, size_t count, CKernelsPath path); \
    STORED_INTERNAL void ckernels_##name##_rows_dot( \
        const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations, \
        size_t activation_count, float *out, size_t out_stride, CKernelsPath path);

STORED_TYPE(f32)
STORED_TYPE(f16)
STORED_TYPE(bf16)
STORED_TYPE(q4_0)
STORED_TYPE(q4_1)
STORED_TYPE(q5_0)
STORED_TYPE(q5_1)
STORED_TYPE(q8_0)
STORED_TYPE(mxfp4)
STORED_TYPE(q2_K)
STORED_TYPE(q3_K)
STORED_TYPE(q4_K)
STORED_TYPE(q5_K)
STORED_TYPE(q6_K)

/// Activations for blocks of 32 and of 256.
STORED_INTERNAL void ckernels_pack_32(const float *x, void *out, size_t length, CKernelsPath path);
STORED_INTERNAL void ckernels_pack_256(const float *x, void *out, size_t length, CKernelsPath path);

#endif
