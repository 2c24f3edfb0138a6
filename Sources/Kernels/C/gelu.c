#include <math.h>
#include <string.h>

#include "CKernelsEncoder.h"
#include "exponential.h"

// GELU in its exact form, x * Φ(x) (arXiv:1606.08415). With q = Φ(-|x|), the small side of the bell, x * Φ(x) is
// x - x * q for x >= 0 and x * q below. q = t * P(t) * exp(-x²/2) / 2 with t = 1 / (1 + p * |x| / √2): formula 7.1.26
// of Abramowitz and Stegun, Handbook of Mathematical Functions, whose error in q is below 7.5e-8.

#define GELU_P (0.3275911f * 0.70710678f)
// Half of the coefficients of the handbook.
#define GELU_A1 0.127414796f
#define GELU_A2 (-0.142248368f)
#define GELU_A3 0.7107068705f
#define GELU_A4 (-0.7265760135f)
#define GELU_A5 0.5307027145f

static void gelu_portable(float *x, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const float z = x[i], t = 1 / (1 + GELU_P * fabsf(z));
        const float p = ((((GELU_A5 * t + GELU_A4) * t + GELU_A3) * t + GELU_A2) * t + GELU_A1) * t;
        const float small = z * (p * expf(-0.5f * z * z));
        x[i] = z < 0 ? small : z - small;
    }
}

#if defined(__x86_64__)

__attribute__((target("avx2,fma"), always_inline))
static inline __m256 gelu_eight(__m256 z) {
    const __m256 one = _mm256_set1_ps(1), size = _mm256_andnot_ps(_mm256_set1_ps(-0.0f), z);
    const __m256 t = _mm256_div_ps(one, _mm256_fmadd_ps(_mm256_set1_ps(GELU_P), size, one));
    __m256 p = _mm256_fmadd_ps(_mm256_set1_ps(GELU_A5), t, _mm256_set1_ps(GELU_A4));
    p = _mm256_fmadd_ps(p, t, _mm256_set1_ps(GELU_A3));
    p = _mm256_fmadd_ps(p, t, _mm256_set1_ps(GELU_A2));
    p = _mm256_mul_ps(_mm256_fmadd_ps(p, t, _mm256_set1_ps(GELU_A1)), t);
    const __m256 bell = exponential_avx2(_mm256_mul_ps(_mm256_mul_ps(_mm256_set1_ps(-0.5f), z), z));
    const __m256 small = _mm256_mul_ps(z, _mm256_mul_ps(p, bell));
    // The choice goes by the sign of z.
    return _mm256_blendv_ps(_mm256_sub_ps(z, small), small, z);
}

__attribute__((target("avx2,fma")))
static void gelu_avx2(float *x, size_t count) {
    size_t i = 0;
    for (; i + 8 <= count; i += 8) _mm256_storeu_ps(x + i, gelu_eight(_mm256_loadu_ps(x + i)));
    if (i == count) return;
    // The last few in a full vector, so that a number's result does not depend on its place.
    float few[8] = {0};
    memcpy(few, x + i, (count - i) * sizeof *few);
    _mm256_storeu_ps(few, gelu_eight(_mm256_loadu_ps(few)));
    memcpy(x + i, few, (count - i) * sizeof *few);
}

#elif defined(__aarch64__)

static inline float32x4_t gelu_four(float32x4_t z) {
    const float32x4_t one = vdupq_n_f32(1);
    const float32x4_t t = vdivq_f32(one, vfmaq_n_f32(one, vabsq_f32(z), GELU_P));
    float32x4_t p = vfmaq_f32(vdupq_n_f32(GELU_A4), vdupq_n_f32(GELU_A5), t);
    p = vfmaq_f32(vdupq_n_f32(GELU_A3), p, t);
    p = vfmaq_f32(vdupq_n_f32(GELU_A2), p, t);
    p = vmulq_f32(vfmaq_f32(vdupq_n_f32(GELU_A1), p, t), t);
    const float32x4_t bell = exponential_neon(vmulq_f32(vmulq_n_f32(z, -0.5f), z));
    const float32x4_t small = vmulq_f32(z, vmulq_f32(p, bell));
    return vbslq_f32(vcltq_f32(z, vdupq_n_f32(0)), small, vsubq_f32(z, small));
}

static void gelu_neon(float *x, size_t count) {
    size_t i = 0;
    for (; i + 4 <= count; i += 4) vst1q_f32(x + i, gelu_four(vld1q_f32(x + i)));
    if (i == count) return;
    float few[4] = {0};
    memcpy(few, x + i, (count - i) * sizeof *few);
    vst1q_f32(few, gelu_four(vld1q_f32(few)));
    memcpy(x + i, few, (count - i) * sizeof *few);
}

#endif

void ckernels_gelu(float *x, size_t count, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        gelu_avx2(x, count);
        return;
    }
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) {
        gelu_neon(x, count);
        return;
    }
#endif
    (void)path;
    gelu_portable(x, count);
}
