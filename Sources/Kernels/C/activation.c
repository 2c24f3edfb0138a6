#include <math.h>
#include <string.h>

#include "CKernelsLayer.h"
#include "exponential.h"

// Gated activations of a feed-forward block: gate[i] = activation(gate[i]) * up[i]. All three activations are
// g / (1 + exp(-t)): SiLU with t = g, the clamped one with t = alpha * g, and GELU's tanh form because
// (1 + tanh(u)) / 2 = 1 / (1 + exp(-2u)).

typedef enum { Swiglu, Geglu, ClampedSwiglu } Gated;

// 2 u = 2 sqrt(2 / pi) * (g + 0.044715 g^3)
#define GELU_SLOPE 1.5957691216057308f
#define GELU_CUBE 0.044715f

static void gated_portable(Gated gated, float *gate, const float *up, size_t count, float alpha, float limit) {
    for (size_t i = 0; i < count; i++) {
        float g = gate[i], u = up[i], t = g;
        if (gated == Geglu) t = GELU_SLOPE * g * (1 + GELU_CUBE * g * g);
        if (gated == ClampedSwiglu) {
            // Comparisons so written that a NaN stays.
            g = g > limit ? limit : g;
            u = u > limit ? limit : u < -limit ? -limit : u;
            u += 1;
            t = alpha * g;
        }
        gate[i] = g / (1 + expf(-t)) * u;
    }
}

#if defined(__x86_64__)

__attribute__((target("avx2,fma"), always_inline))
static inline __m256 gated_eight(Gated gated, __m256 g, __m256 u, float alpha, float limit) {
    const __m256 one = _mm256_set1_ps(1), minus = _mm256_set1_ps(-0.0f);
    __m256 t = g;
    if (gated == Geglu) {
        const __m256 cube = _mm256_mul_ps(_mm256_mul_ps(_mm256_set1_ps(GELU_CUBE), g), g);
        t = _mm256_mul_ps(_mm256_mul_ps(_mm256_set1_ps(GELU_SLOPE), g), _mm256_add_ps(one, cube));
    }
    if (gated == ClampedSwiglu) {
        // Both give their second operand when one is a NaN.
        g = _mm256_min_ps(_mm256_set1_ps(limit), g);
        u = _mm256_max_ps(_mm256_set1_ps(-limit), _mm256_min_ps(_mm256_set1_ps(limit), u));
        u = _mm256_add_ps(u, one);
        t = _mm256_mul_ps(_mm256_set1_ps(alpha), g);
    }
    const __m256 divisor = _mm256_add_ps(one, exponential_avx2(_mm256_xor_ps(t, minus)));
    return _mm256_mul_ps(_mm256_div_ps(g, divisor), u);
}

__attribute__((target("avx2,fma"), always_inline))
static inline void gated_avx2(
    Gated gated, float *gate, const float *up, size_t count, float alpha, float limit) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const __m256 g = _mm256_loadu_ps(gate + i), u = _mm256_loadu_ps(up + i);
        _mm256_storeu_ps(gate + i, gated_eight(gated, g, u, alpha, limit));
    }
    if (i == count) return;
    // The last few in a full vector, so that a number's result does not depend on its place.
    float g[8] = {0}, u[8] = {0};
    memcpy(g, gate + i, (count - i) * sizeof *g);
    memcpy(u, up + i, (count - i) * sizeof *u);
    _mm256_storeu_ps(g, gated_eight(gated, _mm256_loadu_ps(g), _mm256_loadu_ps(u), alpha, limit));
    memcpy(gate + i, g, (count - i) * sizeof *g);
}

__attribute__((target("avx2,fma")))
static void swiglu_avx2(float *gate, const float *up, size_t count) {
    gated_avx2(Swiglu, gate, up, count, 1, 0);
}

__attribute__((target("avx2,fma")))
static void geglu_avx2(float *gate, const float *up, size_t count) {
    gated_avx2(Geglu, gate, up, count, 1, 0);
}

__attribute__((target("avx2,fma")))
static void clamped_swiglu_avx2(float *gate, const float *up, size_t count, float alpha, float limit) {
    gated_avx2(ClampedSwiglu, gate, up, count, alpha, limit);
}

#elif defined(__aarch64__)

static inline float32x4_t gated_four(Gated gated, float32x4_t g, float32x4_t u, float alpha, float limit) {
    const float32x4_t one = vdupq_n_f32(1);
    float32x4_t t = g;
    if (gated == Geglu) {
        const float32x4_t cube = vmulq_f32(vmulq_n_f32(g, GELU_CUBE), g);
        t = vmulq_f32(vmulq_n_f32(g, GELU_SLOPE), vaddq_f32(one, cube));
    }
    if (gated == ClampedSwiglu) {
        g = vminq_f32(g, vdupq_n_f32(limit));
        u = vmaxq_f32(vminq_f32(u, vdupq_n_f32(limit)), vdupq_n_f32(-limit));
        u = vaddq_f32(u, one);
        t = vmulq_n_f32(g, alpha);
    }
    return vmulq_f32(vdivq_f32(g, vaddq_f32(one, exponential_neon(vnegq_f32(t)))), u);
}

static void gated_neon(Gated gated, float *gate, const float *up, size_t count, float alpha, float limit) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        vst1q_f32(gate + i, gated_four(gated, vld1q_f32(gate + i), vld1q_f32(up + i), alpha, limit));
    }
    if (i == count) return;
    float g[4] = {0}, u[4] = {0};
    memcpy(g, gate + i, (count - i) * sizeof *g);
    memcpy(u, up + i, (count - i) * sizeof *u);
    vst1q_f32(g, gated_four(gated, vld1q_f32(g), vld1q_f32(u), alpha, limit));
    memcpy(gate + i, g, (count - i) * sizeof *g);
}

#endif

static void gated_on_path(
    Gated gated, float *gate, const float *up, size_t count, float alpha, float limit, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        switch (gated) {
        case Swiglu: swiglu_avx2(gate, up, count); return;
        case Geglu: geglu_avx2(gate, up, count); return;
        case ClampedSwiglu: clamped_swiglu_avx2(gate, up, count, alpha, limit); return;
        }
    }
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) {
        gated_neon(gated, gate, up, count, alpha, limit);
        return;
    }
#endif
    gated_portable(gated, gate, up, count, alpha, limit);
}

void ckernels_swiglu(float *gate, const float *up, size_t count, CKernelsPath path) {
    gated_on_path(Swiglu, gate, up, count, 1, 0, path);
}

void ckernels_geglu(float *gate, const float *up, size_t count, CKernelsPath path) {
    gated_on_path(Geglu, gate, up, count, 1, 0, path);
}

void ckernels_clamped_swiglu(
    float *gate, const float *up, size_t count, float alpha, float limit, CKernelsPath path) {
    gated_on_path(ClampedSwiglu, gate, up, count, alpha, limit, path);
}
