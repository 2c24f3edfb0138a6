#ifndef CKERNELS_LAYER_H
#define CKERNELS_LAYER_H

#include <stddef.h>
#include <stdint.h>

#include "CKernelsPath.h"

/// out[i] = x[i] / sqrt(mean(x²) + epsilon) * weight[i]; `out` may be `x`; a null weight counts as ones.
void ckernels_rms_norm(const float *x, const float *weight, float *out, size_t count, float epsilon, CKernelsPath path);

/// gate[i] = silu(gate[i]) * up[i], silu(z) = z / (1 + exp(-z)) (SwiGLU, arXiv:2002.05202).
void ckernels_swiglu(float *gate, const float *up, size_t count, CKernelsPath path);

/// gate[i] = gelu(gate[i]) * up[i], gelu in its tanh form (GeGLU, arXiv:2002.05202).
void ckernels_geglu(float *gate, const float *up, size_t count, CKernelsPath path);

/// gpt-oss: g = min(gate[i], limit), u = clamp(up[i], -limit, limit); gate[i] = g / (1 + exp(-alpha * g)) * (u + 1).
void ckernels_clamped_swiglu(float *gate, const float *up, size_t count, float alpha, float limit, CKernelsPath path);

/// Turns pairs of numbers of one head by angles: adjacent ones (2i, 2i+1) or those of both halves (i, i + pairs).
typedef enum { CKernelsRotateAdjacent = 0, CKernelsRotateHalves = 1 } CKernelsRotation;

/// Rotates the first 2 * pairs numbers of each of `heads` heads, which follow each other at `stride`, by the angles
/// whose cosines and sines are given, [pairs] each (RoPE, arXiv:2104.09864).
void ckernels_rotate(
    float *x, size_t heads, size_t stride, const float *cosines, const float *sines, size_t pairs,
    CKernelsRotation rotation, CKernelsPath path);

/// out[i] += weight * x[i].
void ckernels_add_scaled(float *out, const float *x, float weight, size_t count, CKernelsPath path);

/// Float32 to IEEE half and back, nearest even.
void ckernels_to_half(const float *x, uint16_t *out, size_t count, CKernelsPath path);
void ckernels_from_half(const uint16_t *x, float *out, size_t count, CKernelsPath path);

/// What one token's attention reads of the cache. Keys of position p begin at keys + p * key_stride, in elements.
typedef struct {
    const void *keys;     ///< float32, or IEEE half when `half` is not 0
    const void *values;
    size_t key_stride;    ///< elements from one position to the next
    size_t value_stride;
    int half;
} CKernelsCache;

/// One group of query heads that share a key head, one token: for each of `heads` queries (of `key_size`, following
/// each other), softmax over positions first..<end of scale * query·key (with softcap: cap * tanh(. / cap) when
/// softcap > 0), and out[head] = Σ weight * value (of `value_size`, following each other). `sinks` (null or one number
/// a head) are logits that take a share and give nothing (gpt-oss). `scratch` holds heads * (end - first) floats.
void ckernels_attend(
    const float *queries, size_t heads, size_t key_size, size_t value_size, CKernelsCache cache, size_t first,
    size_t end, float scale, float softcap, const float *sinks, float *scratch, float *out, CKernelsPath path);

#endif
