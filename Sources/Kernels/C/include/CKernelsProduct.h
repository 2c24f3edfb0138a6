#ifndef CKERNELS_PRODUCT_H
#define CKERNELS_PRODUCT_H

#include <stddef.h>

#include "CKernelsPath.h"
#include "CKernelsStored.h"

/// Bytes of working memory that one thread of `ckernels_rows_product` needs, whatever its arguments.
size_t ckernels_product_scratch_bytes(void);

/// out[c * out_stride + r] = Σ_i row_r[i] * x[c * x_stride + i] in float32, for r < row_count and c < count: stored
/// rows of `type`, each block decoded once for all the rows of x, times float rows. `scratch` is 64-byte aligned.
void ckernels_rows_product(
    CKernelsType type, const void *rows, size_t row_bytes, size_t row_count, size_t length, const float *x,
    size_t x_stride, size_t count, float *out, size_t out_stride, void *scratch, CKernelsPath path);

#endif
