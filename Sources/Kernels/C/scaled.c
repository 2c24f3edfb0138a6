#include "CKernelsLayer.h"

// One row added to another with a weight: how the answers of several weight experts become one.

static void add_scaled_portable(float *out, const float *x, float weight, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] += weight * x[i];
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx2,fma")))
static void add_scaled_avx2(float *out, const float *x, float weight, size_t count) {
    const __m256 weights = _mm256_set1_ps(weight);
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        _mm256_storeu_ps(out + i, _mm256_fmadd_ps(weights, _mm256_loadu_ps(x + i), _mm256_loadu_ps(out + i)));
    }
    for (; i < count; i++) out[i] = __builtin_fmaf(weight, x[i], out[i]);
}

#elif defined(__aarch64__)

#include <arm_neon.h>

static void add_scaled_neon(float *out, const float *x, float weight, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) vst1q_f32(out + i, vfmaq_n_f32(vld1q_f32(out + i), vld1q_f32(x + i), weight));
    for (; i < count; i++) out[i] = __builtin_fmaf(weight, x[i], out[i]);
}

#endif

void ckernels_add_scaled(float *out, const float *x, float weight, size_t count, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        add_scaled_avx2(out, x, weight, count);
        return;
    }
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) {
        add_scaled_neon(out, x, weight, count);
        return;
    }
#endif
    add_scaled_portable(out, x, weight, count);
}
