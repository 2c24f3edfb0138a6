#ifndef BLOCKS_256_AVX2_H
#define BLOCKS_256_AVX2_H

#if defined(__x86_64__)

#include <immintrin.h>

#include "blocks_256.h"

// Functions built for AVX2 although their file is not: only called after `ckernels_path` found it.
#define AVX2 __attribute__((target("avx2,fma,f16c")))
#define AVX2_INLINE static inline __attribute__((always_inline, target("avx2,fma,f16c")))

AVX2_INLINE __m256i load_32(const void *bytes) { return _mm256_loadu_si256((const __m256i *)bytes); }

AVX2_INLINE __m128i load_16(const void *bytes) { return _mm_loadu_si128((const __m128i *)bytes); }

/// Eight bytes as eight whole numbers.
AVX2_INLINE __m256i widen_8(const uint8_t *bytes) {
    return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)bytes));
}

/// Bytes 2 i and 2 i + 1, 16 times, in row i. Defined in another file so that the compiler cannot see it: it would make
/// two instructions of each shuffle.
STORED_INTERNAL extern const uint8_t repeat_places_256[8][32];

/// The 16-bit number `index` of each half of `numbers`, in all places of that half.
AVX2_INLINE __m256i repeat_16(__m256i numbers, int index) {
    return _mm256_shuffle_epi8(numbers, load_32(repeat_places_256[index]));
}

/// Four whole sums of products of `codes` (0...63) and `q`, times `scales`; two neighbours share a sum.
AVX2_INLINE __m256i scaled_products(__m256i codes, const int8_t *q, __m256i scales) {
    return _mm256_madd_epi16(_mm256_maddubs_epi16(codes, load_32(q)), scales);
}

/// Signed part scales 0...15 as 16-bit numbers, those of even parts in the lower half, of odd parts in the upper: as
/// 32 numbers of two parts lie in a register.
AVX2_INLINE __m256i part_scales_apart(__m128i scales) {
    const __m128i even_first = _mm_setr_epi8(0, 2, 4, 6, 8, 10, 12, 14, 1, 3, 5, 7, 9, 11, 13, 15);
    return _mm256_cvtepi8_epi16(_mm_shuffle_epi8(scales, even_first));
}

AVX2_INLINE float float16_avx2(const uint8_t *bytes) {
    return _mm_cvtss_f32(_mm_cvtph_ps(_mm_loadu_si16(bytes)));
}

/// scale * part scale of 16 parts, from signed bytes.
AVX2_INLINE void signed_scales_avx2(__m128i parts, float scale, float *scales) {
    const __m256 first = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(parts));
    const __m256 second = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_unpackhi_epi64(parts, parts)));
    _mm256_storeu_ps(scales, _mm256_mul_ps(_mm256_set1_ps(scale), first));
    _mm256_storeu_ps(scales + 8, _mm256_mul_ps(_mm256_set1_ps(scale), second));
}

/// Eight numbers scale * code - offset. The product is exact, so that one rounding is as good as two.
AVX2_INLINE void store_scaled(float *out, float scale, __m256i codes, float offset) {
    const __m256 code = _mm256_cvtepi32_ps(codes);
    _mm256_storeu_ps(out, _mm256_fmsub_ps(_mm256_set1_ps(scale), code, _mm256_set1_ps(offset)));
}

AVX2_INLINE float sum_of_8(__m256 numbers) {
    __m128 four = _mm_add_ps(_mm256_castps256_ps128(numbers), _mm256_extractf128_ps(numbers, 1));
    four = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(four, _mm_movehdup_ps(four)));
}

/// The 12 bytes behind the two Float16 of a Q4_K or Q5_K block as 16 bytes: part scales 0...7, part offsets 0...7.
/// Same meaning as `six_bit_pairs_256`.
AVX2_INLINE __m128i six_bit_pairs_avx2(__m128i header) {
    const __m128i low_from = _mm_setr_epi8(4, 5, 6, 7, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m128i high_from = _mm_setr_epi8(-1, -1, -1, -1, 4, 5, 6, 7, -1, -1, -1, -1, 8, 9, 10, 11);
    const __m128i low_mask = _mm_setr_epi32(0x3f3f3f3f, 0x0f0f0f0f, 0x3f3f3f3f, 0x0f0f0f0f);
    __m128i low = _mm_srlv_epi32(_mm_shuffle_epi8(header, low_from), _mm_setr_epi32(0, 0, 0, 4));
    low = _mm_and_si128(low, low_mask);
    const __m128i high = _mm_srli_epi16(_mm_shuffle_epi8(header, high_from), 2);
    return _mm_or_si128(low, _mm_and_si128(high, _mm_set1_epi8(0x30)));
}

/// The part offsets of `six_bit_pairs_avx2`, each twice: parts of 32, while activations have sums of 16.
AVX2_INLINE __m256i six_bit_offsets_avx2(__m128i pairs) {
    const __m128i low = _mm_setr_epi8(8, -1, 8, -1, 9, -1, 9, -1, 10, -1, 10, -1, 11, -1, 11, -1);
    const __m128i high = _mm_setr_epi8(12, -1, 12, -1, 13, -1, 13, -1, 14, -1, 14, -1, 15, -1, 15, -1);
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(pairs), _mm256_set_m128i(high, low));
}

/// scale * part scale and offset scale * part offset of all eight parts of a Q4_K or Q5_K block.
AVX2_INLINE void six_bit_scales_avx2(__m128i header, float *scales, float *offsets) {
    const __m128i pairs = six_bit_pairs_avx2(header);
    const __m128 both = _mm_cvtph_ps(header);
    const __m256 scale = _mm256_broadcastss_ps(both), offset_scale = _mm256_broadcastss_ps(_mm_movehdup_ps(both));
    const __m256 part_scales = _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(pairs));
    const __m256 part_offsets = _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(_mm_unpackhi_epi64(pairs, pairs)));
    _mm256_storeu_ps(scales, _mm256_mul_ps(scale, part_scales));
    _mm256_storeu_ps(offsets, _mm256_mul_ps(offset_scale, part_offsets));
}

/// Adds a block to `sum`: activation scale * (scale * whole - offset scale * offset).
AVX2_INLINE __m256 add_block_with_offsets(
    __m256 sum, __m256i whole, __m256i offset, __m128 both_scales, const float *activation_scale
) {
    const __m256 scale = _mm256_broadcastss_ps(both_scales);
    const __m256 offset_scale = _mm256_broadcastss_ps(_mm_movehdup_ps(both_scales));
    const __m256 product = _mm256_mul_ps(scale, _mm256_cvtepi32_ps(whole));
    const __m256 block = _mm256_fnmadd_ps(offset_scale, _mm256_cvtepi32_ps(offset), product);
    return _mm256_fmadd_ps(_mm256_broadcast_ss(activation_scale), block, sum);
}

/// Adds a block without offsets to `sum`: activation scale * scale * whole.
AVX2_INLINE __m256 add_block(__m256 sum, __m256i whole, float scale, const float *activation_scale) {
    return _mm256_fmadd_ps(_mm256_set1_ps(scale * *activation_scale), _mm256_cvtepi32_ps(whole), sum);
}

/// Adds one block's products with `count` activation rows to `sum[count]`, eight partial sums each.
typedef void BlockProduct(
    const uint8_t *bytes, const Activations256 *activations, size_t block, __m256 *sum, size_t count);

/// Asks for bytes some way behind `block`, where a processor by itself does not look for far enough. Asking is not
/// reading: any address will do.
AVX2_INLINE void fetch_ahead(const uint8_t *block, size_t block_bytes) {
    const uintptr_t start = (uintptr_t)block + 2048;
    for (size_t line = 0; line < block_bytes; line += 64) _mm_prefetch((const char *)(start + line), _MM_HINT_T0);
}

/// Rows times `count` activation rows. `product` and `count` are known where this is inlined: sums stay in registers.
///
/// A single activation row takes two stored rows at a time, from the two halves of all rows: more of the memory's
/// answers are awaited at once, and fewer ends of rows interrupt the work.
AVX2_INLINE void rows_times_activations(
    BlockProduct *const product, const size_t block_bytes, const size_t count, const uint8_t *rows, size_t row_bytes,
    size_t row_count, const Activations256 *activations, float *out, size_t out_stride
) {
    const size_t blocks = activations->length / 256;
    size_t start = 0;
    if (count == 1) {
        const size_t half = row_count / 2;
        for (size_t row = 0; row < half; row++) {
            const uint8_t *first = rows + row * row_bytes, *second = rows + (half + row) * row_bytes;
            __m256 first_sum = _mm256_setzero_ps(), second_sum = first_sum;
            for (size_t block = 0; block < blocks; block++, first += block_bytes, second += block_bytes) {
                fetch_ahead(first, block_bytes);
                fetch_ahead(second, block_bytes);
                product(first, activations, block, &first_sum, 1);
                __asm__ volatile("" ::: "memory");  // keeps no loads of the first for the second: registers are few
                product(second, activations, block, &second_sum, 1);
            }
            out[row] = sum_of_8(first_sum);
            out[half + row] = sum_of_8(second_sum);
        }
        start = half * 2;
    }
    for (size_t row = start; row < row_count; row++) {
        const uint8_t *bytes = rows + row * row_bytes;
        __m256 sum[4];
        for (size_t c = 0; c < count; c++) sum[c] = _mm256_setzero_ps();
        for (size_t block = 0; block < blocks; block++, bytes += block_bytes) {
            fetch_ahead(bytes, block_bytes);
            product(bytes, activations, block, sum, count);
        }
        for (size_t c = 0; c < count; c++) out[c * out_stride + row] = sum_of_8(sum[c]);
    }
}

/// Makes `name[4]`, the kernels for 1 to 4 activation rows, from the product of one block.
#define ROWS_KERNELS_256(name, product, block_bytes) \
    ROWS_KERNEL_256(name##_1, product, block_bytes, 1) \
    ROWS_KERNEL_256(name##_2, product, block_bytes, 2) \
    ROWS_KERNEL_256(name##_3, product, block_bytes, 3) \
    ROWS_KERNEL_256(name##_4, product, block_bytes, 4) \
    static RowsKernel256 *const name[4] = {name##_1, name##_2, name##_3, name##_4};

#define ROWS_KERNEL_256(name, product, block_bytes, count) \
    AVX2 static void name( \
        const uint8_t *rows, size_t row_bytes, size_t row_count, const Activations256 *activations, float *out, \
        size_t out_stride \
    ) { \
        rows_times_activations( \
            product, block_bytes, count, rows, row_bytes, row_count, activations, out, out_stride); \
    }

#endif

#endif
