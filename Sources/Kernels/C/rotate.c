#include "CKernelsLayer.h"

// Rotary position: each pair (a, b) becomes (a cos - b sin, a sin + b cos) (RoPE, arXiv:2104.09864).

static void turn(float *a, float *b, float cosine, float sine) {
    const float x = *a, y = *b;
    *a = x * cosine - y * sine;
    *b = x * sine + y * cosine;
}

static void rotate_adjacent(float *x, const float *cosines, const float *sines, size_t from, size_t pairs) {
    for (size_t i = from; i < pairs; i++) turn(x + 2 * i, x + 2 * i + 1, cosines[i], sines[i]);
}

static void rotate_halves(float *x, const float *cosines, const float *sines, size_t from, size_t pairs) {
    for (size_t i = from; i < pairs; i++) turn(x + i, x + pairs + i, cosines[i], sines[i]);
}

#if defined(__x86_64__)

#include <immintrin.h>

__attribute__((target("avx2,fma")))
static void rotate_adjacent_avx2(float *x, const float *cosines, const float *sines, size_t pairs) {
    const __m256i twice = _mm256_setr_epi32(0, 0, 1, 1, 2, 2, 3, 3);
    size_t i = 0;
    for (; i + 4 <= pairs; i += 4) {
        const __m256 c = _mm256_permutevar8x32_ps(_mm256_castps128_ps256(_mm_loadu_ps(cosines + i)), twice);
        const __m256 s = _mm256_permutevar8x32_ps(_mm256_castps128_ps256(_mm_loadu_ps(sines + i)), twice);
        const __m256 here = _mm256_loadu_ps(x + 2 * i);
        const __m256 partner = _mm256_permute_ps(here, _MM_SHUFFLE(2, 3, 0, 1));
        // Subtracts at even places and adds at odd ones.
        _mm256_storeu_ps(x + 2 * i, _mm256_fmaddsub_ps(here, c, _mm256_mul_ps(partner, s)));
    }
    rotate_adjacent(x, cosines, sines, i, pairs);
}

__attribute__((target("avx2,fma")))
static void rotate_halves_avx2(float *x, const float *cosines, const float *sines, size_t pairs) {
    size_t i = 0;
    for (; i + 8 <= pairs; i += 8) {
        const __m256 c = _mm256_loadu_ps(cosines + i), s = _mm256_loadu_ps(sines + i);
        const __m256 a = _mm256_loadu_ps(x + i), b = _mm256_loadu_ps(x + pairs + i);
        _mm256_storeu_ps(x + i, _mm256_fmsub_ps(a, c, _mm256_mul_ps(b, s)));
        _mm256_storeu_ps(x + pairs + i, _mm256_fmadd_ps(b, c, _mm256_mul_ps(a, s)));
    }
    rotate_halves(x, cosines, sines, i, pairs);
}

#elif defined(__aarch64__)

#include <arm_neon.h>

static void rotate_adjacent_neon(float *x, const float *cosines, const float *sines, size_t pairs) {
    size_t i = 0;
    for (; i + 4 <= pairs; i += 4) {
        const float32x4_t c = vld1q_f32(cosines + i), s = vld1q_f32(sines + i);
        const float32x4x2_t pair = vld2q_f32(x + 2 * i);
        float32x4x2_t turned;
        turned.val[0] = vfmsq_f32(vmulq_f32(pair.val[0], c), pair.val[1], s);
        turned.val[1] = vfmaq_f32(vmulq_f32(pair.val[0], s), pair.val[1], c);
        vst2q_f32(x + 2 * i, turned);
    }
    rotate_adjacent(x, cosines, sines, i, pairs);
}

static void rotate_halves_neon(float *x, const float *cosines, const float *sines, size_t pairs) {
    size_t i = 0;
    for (; i + 4 <= pairs; i += 4) {
        const float32x4_t c = vld1q_f32(cosines + i), s = vld1q_f32(sines + i);
        const float32x4_t a = vld1q_f32(x + i), b = vld1q_f32(x + pairs + i);
        vst1q_f32(x + i, vfmsq_f32(vmulq_f32(a, c), b, s));
        vst1q_f32(x + pairs + i, vfmaq_f32(vmulq_f32(a, s), b, c));
    }
    rotate_halves(x, cosines, sines, i, pairs);
}

#endif

static void rotate_head(
    float *x, const float *cosines, const float *sines, size_t pairs, CKernelsRotation rotation, CKernelsPath path) {
    const int adjacent = rotation == CKernelsRotateAdjacent;
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2) {
        (adjacent ? rotate_adjacent_avx2 : rotate_halves_avx2)(x, cosines, sines, pairs);
        return;
    }
#elif defined(__aarch64__)
    if (path == CKernelsPathNEON) {
        (adjacent ? rotate_adjacent_neon : rotate_halves_neon)(x, cosines, sines, pairs);
        return;
    }
#endif
    (adjacent ? rotate_adjacent : rotate_halves)(x, cosines, sines, 0, pairs);
}

void ckernels_rotate(
    float *x, size_t heads, size_t stride, const float *cosines, const float *sines, size_t pairs,
    CKernelsRotation rotation, CKernelsPath path) {
    const CKernelsPath offered = path == ckernels_path() ? path : CKernelsPathPortable;
    for (size_t head = 0; head < heads; head++) {
        rotate_head(x + head * stride, cosines, sines, pairs, rotation, offered);
    }
}
