#include "stored_types.h"

#include <string.h>

#include "CKernelsLayer.h"

// Numbers stored singly: float32, Float16 and BFloat16, the upper half of a float32. All are little-endian, as every
// processor is that this runs on. Activations are float32.

/// The three kinds, as a number the compiler knows where it is inlined.
typedef enum { Single32, SingleF16, SingleBF16 } SingleKind;

static inline size_t bytes_of(SingleKind kind) { return kind == Single32 ? 4 : 2; }

static inline float number_at(SingleKind kind, const uint8_t *bytes) {
    float number;
    uint16_t half;
    if (kind == Single32) {
        memcpy(&number, bytes, sizeof number);
        return number;
    }
    memcpy(&half, bytes, sizeof half);
    if (kind == SingleF16) {
        ckernels_from_half(&half, &number, 1, CKernelsPathPortable);
    } else {
        const uint32_t bits = (uint32_t)half << 16;
        memcpy(&number, &bits, sizeof number);
    }
    return number;
}

static inline void unpack_portable(SingleKind kind, const uint8_t *bytes, float *out, size_t count) {
    for (size_t i = 0; i < count; i++) out[i] = number_at(kind, bytes + i * bytes_of(kind));
}

/// Packed activation rows: row c starts at `first + c * stride`.
typedef struct {
    const uint8_t *first;
    size_t stride, length;
} SingleActivations;

static inline const float *activation_row(const SingleActivations *activations, size_t row) {
    return (const float *)(activations->first + row * activations->stride);
}

/// The products of the numbers from `start` on, in one sum.
static inline float rest_of_dot(
    SingleKind kind, const uint8_t *row, const SingleActivations *activations, size_t c, size_t start
) {
    const float *x = activation_row(activations, c);
    float sum = 0;
    for (size_t i = start; i < activations->length; i++) sum += number_at(kind, row + i * bytes_of(kind)) * x[i];
    return sum;
}

static inline void rows_dot_portable(
    SingleKind kind, const uint8_t *rows, size_t row_bytes, size_t row_count, const SingleActivations *activations,
    size_t activation_count, float *out, size_t out_stride
) {
    for (size_t row = 0; row < row_count; row++) {
        for (size_t c = 0; c < activation_count; c++) {
            out[c * out_stride + row] = rest_of_dot(kind, rows + row * row_bytes, activations, c, 0);
        }
    }
}

// The processor's own vectors: how to load stored numbers into one, and little more.

#if defined(__x86_64__)

#include <immintrin.h>

// Functions built for AVX2 although their file is not: only called after `ckernels_path` found it.
#define OWN __attribute__((target("avx2,fma,f16c")))

typedef __m256 Lanes;

OWN static inline Lanes load_stored(SingleKind kind, const uint8_t *bytes) {
    if (kind == Single32) return _mm256_loadu_ps((const float *)bytes);
    const __m128i halves = _mm_loadu_si128((const __m128i *)bytes);
    if (kind == SingleF16) return _mm256_cvtph_ps(halves);
    return _mm256_castsi256_ps(_mm256_slli_epi32(_mm256_cvtepu16_epi32(halves), 16));
}

OWN static inline Lanes zero(void) { return _mm256_setzero_ps(); }

OWN static inline void store(float *out, Lanes numbers) { _mm256_storeu_ps(out, numbers); }

OWN static inline Lanes add_product(Lanes sum, Lanes a, const float *b) {
    return _mm256_fmadd_ps(a, _mm256_loadu_ps(b), sum);
}

OWN static inline float sum_of(Lanes numbers) {
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(numbers), _mm256_extractf128_ps(numbers, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(four, _mm_movehdup_ps(four)));
}

#elif defined(__aarch64__)

#include <arm_neon.h>

#define OWN

typedef float32x4_t Lanes;

OWN static inline Lanes load_stored(SingleKind kind, const uint8_t *bytes) {
    if (kind == Single32) return vreinterpretq_f32_u8(vld1q_u8(bytes));
    const uint16x4_t halves = vreinterpret_u16_u8(vld1_u8(bytes));
    if (kind == SingleF16) return vcvt_f32_f16(vreinterpret_f16_u16(halves));
    return vreinterpretq_f32_u32(vshll_n_u16(halves, 16));
}

OWN static inline Lanes zero(void) { return vdupq_n_f32(0); }

OWN static inline void store(float *out, Lanes numbers) { vst1q_f32(out, numbers); }

OWN static inline Lanes add_product(Lanes sum, Lanes a, const float *b) { return vfmaq_f32(sum, a, vld1q_f32(b)); }

OWN static inline float sum_of(Lanes numbers) { return vaddvq_f32(numbers); }

#endif

#if defined(OWN)

#define OWN_INLINE OWN __attribute__((always_inline)) static inline

enum { Lane = sizeof(Lanes) / sizeof(float) };

OWN_INLINE void unpack_own(const SingleKind kind, const uint8_t *bytes, float *out, size_t count) {
    size_t i = 0;
    for (; i + Lane <= count; i += Lane) store(out + i, load_stored(kind, bytes + i * bytes_of(kind)));
    unpack_portable(kind, bytes + i * bytes_of(kind), out + i, count - i);
}

/// `row_count` rows, `step` apart, times `count` activation rows: numbers the compiler knows, so that sums stay in
/// registers.
OWN_INLINE void some_rows(
    const SingleKind kind, const size_t row_count, const size_t count, const uint8_t *rows, size_t row_bytes,
    size_t step, const SingleActivations *activations, float *out, size_t out_stride
) {
    const size_t whole = activations->length / Lane * Lane;
    Lanes sum[4][4];
    for (size_t row = 0; row < row_count; row++) {
        for (size_t c = 0; c < count; c++) sum[row][c] = zero();
    }
    for (size_t i = 0; i < whole; i += Lane) {
        for (size_t row = 0; row < row_count; row++) {
            const Lanes stored = load_stored(kind, rows + row * step * row_bytes + i * bytes_of(kind));
            for (size_t c = 0; c < count; c++) {
                sum[row][c] = add_product(sum[row][c], stored, activation_row(activations, c) + i);
            }
        }
    }
    for (size_t row = 0; row < row_count; row++) {
        for (size_t c = 0; c < count; c++) {
            const float rest = rest_of_dot(kind, rows + row * step * row_bytes, activations, c, whole);
            out[c * out_stride + row * step] = sum_of(sum[row][c]) + rest;
        }
    }
}

/// `together` rows at a time, from as many parts of all rows: more of the memory's answers are awaited at once.
OWN_INLINE void rows_times_activations(
    const SingleKind kind, const size_t together, const size_t count, const uint8_t *rows, size_t row_bytes,
    size_t row_count, const SingleActivations *activations, float *out, size_t out_stride
) {
    const size_t part = row_count / together;
    for (size_t row = 0; row < part; row++) {
        some_rows(
            kind, together, count, rows + row * row_bytes, row_bytes, part, activations, out + row, out_stride);
    }
    for (size_t row = part * together; row < row_count; row++) {
        some_rows(kind, 1, count, rows + row * row_bytes, row_bytes, 1, activations, out + row, out_stride);
    }
}

OWN_INLINE void rows_dot_own(
    const SingleKind kind, const uint8_t *rows, size_t row_bytes, size_t row_count,
    const SingleActivations *activations, size_t activation_count, float *out, size_t out_stride
) {
    // More than four activation rows pass over a few stored rows at a time, so that those come from memory once.
    const size_t stretch = activation_count > 4 ? 8 : row_count;
    for (size_t row = 0; row < row_count; row += stretch) {
        const uint8_t *first = rows + row * row_bytes;
        const size_t some = row_count - row < stretch ? row_count - row : stretch;
        for (size_t c = 0; c < activation_count; c += 4) {
            const uint8_t *x = activations->first + c * activations->stride;
            const SingleActivations packed = {x, activations->stride, activations->length};
            float *at = out + c * out_stride + row;
            switch (activation_count - c) {
            case 1: rows_times_activations(kind, 4, 1, first, row_bytes, some, &packed, at, out_stride); break;
            case 2: rows_times_activations(kind, 4, 2, first, row_bytes, some, &packed, at, out_stride); break;
            case 3: rows_times_activations(kind, 2, 3, first, row_bytes, some, &packed, at, out_stride); break;
            default: rows_times_activations(kind, 2, 4, first, row_bytes, some, &packed, at, out_stride); break;
            }
        }
    }
}

#else

#define OWN
#define unpack_own unpack_portable
#define rows_dot_own rows_dot_portable

#endif

/// The functions of `stored_types.h` for one kind.
#define SINGLE_TYPE(name, kind) \
    OWN static void name##_unpack_own(const void *bytes, float *out, size_t count) { \
        unpack_own(kind, bytes, out, count); \
    } \
    OWN static void name##_rows_dot_own( \
        const void *rows, size_t row_bytes, size_t row_count, const SingleActivations *activations, \
        size_t activation_count, float *out, size_t out_stride \
    ) { \
        rows_dot_own(kind, rows, row_bytes, row_count, activations, activation_count, out, out_stride); \
    } \
    void ckernels_##name##_unpack(const void *blocks, float *out, size_t count, CKernelsPath path) { \
        if (path != CKernelsPathPortable) { \
            name##_unpack_own(blocks, out, count); \
        } else { \
            unpack_portable(kind, blocks, out, count); \
        } \
    } \
    void ckernels_##name##_rows_dot( \
        const void *rows, size_t row_bytes, size_t row_count, size_t length, const void *activations, \
        size_t activation_count, float *out, size_t out_stride, CKernelsPath path \
    ) { \
        const SingleActivations packed = {activations, ckernels_activation_bytes(CKernelsF32, length), length}; \
        if (path != CKernelsPathPortable) { \
            name##_rows_dot_own(rows, row_bytes, row_count, &packed, activation_count, out, out_stride); \
        } else { \
            rows_dot_portable(kind, rows, row_bytes, row_count, &packed, activation_count, out, out_stride); \
        } \
    }

SINGLE_TYPE(f32, Single32)
SINGLE_TYPE(f16, SingleF16)
SINGLE_TYPE(bf16, SingleBF16)
