#ifndef CKERNELS_ENCODER_H
#define CKERNELS_ENCODER_H

#include <stddef.h>

#include "CKernelsPath.h"

/// Rows of one panel: packed rows lie in groups of so many, with the numbers of one column side by side.
size_t ckernels_panel_rows(void);

/// Packs `row_count` rows of `length` floats into panels: number i of row r goes to
/// panels[(r / P * length + i) * P + r % P] with P = `ckernels_panel_rows()`; rows beyond the last are zeros.
/// `panels` is 64-byte aligned and has room for whole panels.
void ckernels_panels_pack(const float *rows, size_t row_count, size_t length, float *panels);

/// out[c * out_stride + r] = bias[r] + Σ_i row_r[i] * x[c * x_stride + i], for c < count and r < row_count, in float32;
/// a null bias counts as zeros. `panels` are those of row 0.
void ckernels_panels_product(
    const float *panels, const float *bias, size_t row_count, size_t length, const float *x, size_t x_stride,
    size_t count, float *out, size_t out_stride, CKernelsPath path);

/// x[i] = x[i] * Φ(x[i]) with Φ(z) = (1 + erf(z / √2)) / 2 (GELU, arXiv:1606.08415), within 4e-7 * max(1, |x|).
void ckernels_gelu(float *x, size_t count, CKernelsPath path);

/// out[i] = (z[i] - mean(z)) / sqrt(variance(z) + epsilon) * weight[i] + bias[i] with z = x + added (LayerNorm,
/// arXiv:1607.06450); `out` may be `x` or `added`, and a null `added` counts as zeros.
void ckernels_layer_norm(
    const float *x, const float *added, const float *weight, const float *bias, float *out, size_t count,
    float epsilon, CKernelsPath path);

#endif
