#include <math.h>

#include "CKernelsLayer.h"

// Root mean square normalisation (RMSNorm, arXiv:1910.07467). Squares are summed in double: they are exact there, and
// neither a row of thousands nor a number of 1e30 spoils the sum.

static float reciprocal_root(double sum, size_t count, float epsilon) {
    return (float)(1 / sqrt(sum / (double)count + (double)epsilon));
}

static void rms_norm_portable(const float *x, const float *weight, float *out, size_t count, float epsilon) {
    double sums[4] = {0, 0, 0, 0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4) {
        for (size_t lane = 0; lane < 4; lane++) sums[lane] += (double)x[i + lane] * x[i + lane];
    }
    for (; i < count; i++) sums[0] += (double)x[i] * x[i];
    const float scale = reciprocal_root((sums[0] + sums[1]) + (sums[2] + sums[3]), count, epsilon);
    for (i = 0; i < count; i++) out[i] = x[i] * scale * (weight ? weight[i] : 1);
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx2,fma")))
static void rms_norm_avx2(const float *x, const float *weight, float *out, size_t count, float epsilon) {
    __m256d sum0 = _mm256_setzero_pd(), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const __m256d x0 = _mm256_cvtps_pd(_mm_loadu_ps(x + i)), x1 = _mm256_cvtps_pd(_mm_loadu_ps(x + i + 4));
        const __m256d x2 = _mm256_cvtps_pd(_mm_loadu_ps(x + i + 8)), x3 = _mm256_cvtps_pd(_mm_loadu_ps(x + i + 12));
        sum0 = _mm256_fmadd_pd(x0, x0, sum0);
        sum1 = _mm256_fmadd_pd(x1, x1, sum1);
        sum2 = _mm256_fmadd_pd(x2, x2, sum2);
        sum3 = _mm256_fmadd_pd(x3, x3, sum3);
    }
    const __m256d wide = _mm256_add_pd(_mm256_add_pd(sum0, sum1), _mm256_add_pd(sum2, sum3));
    const __m128d two = _mm_add_pd(_mm256_castpd256_pd128(wide), _mm256_extractf128_pd(wide, 1));
    double sum = _mm_cvtsd_f64(two) + _mm_cvtsd_f64(_mm_unpackhi_pd(two, two));
    for (; i < count; i++) sum += (double)x[i] * x[i];

    const float scale = reciprocal_root(sum, count, epsilon);
    const __m256 scales = _mm256_set1_ps(scale);
    for (i = 0; i + 8 <= count; i += 8) {
        const __m256 scaled = _mm256_mul_ps(_mm256_loadu_ps(x + i), scales);
        _mm256_storeu_ps(out + i, weight ? _mm256_mul_ps(scaled, _mm256_loadu_ps(weight + i)) : scaled);
    }
    for (; i < count; i++) out[i] = x[i] * scale * (weight ? weight[i] : 1);
}

#elif defined(__aarch64__)

#include <arm_neon.h>

static void rms_norm_neon(const float *x, const float *weight, float *out, size_t count, float epsilon) {
    float64x2_t sum0 = vdupq_n_f64(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        const float32x4_t near = vld1q_f32(x + i), far = vld1q_f32(x + i + 4);
        const float64x2_t x0 = vcvt_f64_f32(vget_low_f32(near)), x1 = vcvt_high_f64_f32(near);
        const float64x2_t x2 = vcvt_f64_f32(vget_low_f32(far)), x3 = vcvt_high_f64_f32(far);
        sum0 = vfmaq_f64(sum0, x0, x0);
        sum1 = vfmaq_f64(sum1, x1, x1);
        sum2 = vfmaq_f64(sum2, x2, x2);
        sum3 = vfmaq_f64(sum3, x3, x3);
    }
    double sum = vaddvq_f64(vaddq_f64(vaddq_f64(sum0, sum1), vaddq_f64(sum2, sum3)));
    for (; i < count; i++) sum += (double)x[i] * x[i];

    const float scale = reciprocal_root(sum, count, epsilon);
    for (i = 0; i + 4 <= count; i += 4) {
        const float32x4_t scaled = vmulq_n_f32(vld1q_f32(x + i), scale);
        vst1q_f32(out + i, weight ? vmulq_f32(scaled, vld1q_f32(weight + i)) : scaled);
    }
    for (; i < count; i++) out[i] = x[i] * scale * (weight ? weight[i] : 1);
}

#endif

void ckernels_rms_norm(
    const float *x, const float *weight, float *out, size_t count, float epsilon, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        rms_norm_avx2(x, weight, out, count, epsilon);
        return;
    }
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) {
        rms_norm_neon(x, weight, out, count, epsilon);
        return;
    }
#endif
    rms_norm_portable(x, weight, out, count, epsilon);
}
