#ifndef BLOCKS_32_AVX2_H
#define BLOCKS_32_AVX2_H

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "blocks_32.h"

// Functions built for AVX2 although their file is not: only called after `ckernels_path` found it.
#define AVX2 __attribute__((target("avx2,fma,f16c")))
#define AVX2_INLINE static inline __attribute__((always_inline, target("avx2,fma,f16c")))

/// 16 bytes in both halves.
AVX2_INLINE __m256i load_16_twice(const void *bytes) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
}

/// 16 bytes of one place in the lower half, of another in the upper.
AVX2_INLINE __m256i load_16_each(const void *first, const void *second) {
    return _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)first)), _mm_loadu_si128((const __m128i *)second), 1);
}

/// 4 bytes of one place four times in the lower half, of another in the upper.
AVX2_INLINE __m256i load_4_each(const void *first, const void *second) {
    int a, b;
    memcpy(&a, first, sizeof a);
    memcpy(&b, second, sizeof b);
    return _mm256_blend_epi32(_mm256_set1_epi32(a), _mm256_set1_epi32(b), 0xf0);
}

/// The two Float16 with which each of two blocks begins: first, second, first, second in each half.
AVX2_INLINE __m256 float16_pairs(const uint8_t *first, const uint8_t *second) {
    const __m256i words = load_4_each(first, second);
    return _mm256_cvtph_ps(_mm_unpacklo_epi64(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1)));
}

/// The sums of the four numbers of the lower and of the upper half.
AVX2_INLINE void sums_of_4(__m256 numbers, float *low, float *high) {
    const __m256 twos = _mm256_add_ps(numbers, _mm256_permute_ps(numbers, 0x4e));
    const __m256 fours = _mm256_add_ps(twos, _mm256_permute_ps(twos, 0xb1));
    *low = _mm256_cvtss_f32(fours);
    *high = _mm_cvtss_f32(_mm256_extractf128_ps(fours, 1));
}

/// Asks for bytes some way behind `block`: a processor by itself looks less far. Asking is not reading: any address
/// will do.
AVX2_INLINE void fetch_ahead(const uint8_t *block) {
    _mm_prefetch((const char *)((uintptr_t)block + 2048), _MM_HINT_T0);
}

// Two blocks are read at once, of different rows: the lower halves of the registers are the first block's, the upper
// ones the second's. In most types one byte holds numbers j and j + 16, and 16 bytes fill such a half.

/// How the codes of a type become numbers.
typedef enum {
    CodesWithLeast,     // scale * code + least
    CodesAroundMiddle,  // scale * (code - middle)
    CodesSigned,        // scale * code, |code| up to 128; the others are 0...31
} CodesForm32;

/// `codes[0]` are numbers 0...15 of both blocks. `least` is in the second of four places, the others are 0.
typedef struct {
    __m256i codes[2];
    __m256 scale, least;
} BlockPair32;

typedef BlockPair32 PairReader32(const uint8_t *first, const uint8_t *second);

/// What the kernels need to know of a type, known where they are inlined.
typedef struct {
    PairReader32 *read;
    size_t block_bytes;
    CodesForm32 form;
    int8_t middle;
} PairType32;

/// The lower and upper halves of 16 bytes at each of two places, as codes 0...15.
AVX2_INLINE void read_half_bytes_avx2(const uint8_t *first, const uint8_t *second, __m256i codes[2]) {
    const __m256i bytes = load_16_each(first, second), half = _mm256_set1_epi8(15);
    codes[0] = _mm256_and_si256(bytes, half);
    codes[1] = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
}

/// Adds 16 to the codes whose bit is set in the 4 bytes at `first` and `second`.
AVX2_INLINE void read_fifth_bits_avx2(const uint8_t *first, const uint8_t *second, __m256i codes[2]) {
    const __m256i bits = load_4_each(first, second), each = _mm256_set1_epi64x((long long)0x8040201008040201);
    for (int half = 0; half < 2; half++) {
        const __m256i places = _mm256_setr_epi64x(
            half * 0x0202020202020202, 0x0101010101010101 + half * 0x0202020202020202, half * 0x0202020202020202,
            0x0101010101010101 + half * 0x0202020202020202);
        const __m256i bit = _mm256_and_si256(_mm256_shuffle_epi8(bits, places), each);
        const __m256i sixteen = _mm256_and_si256(_mm256_cmpeq_epi8(bit, each), _mm256_set1_epi8(16));
        codes[half] = _mm256_or_si256(codes[half], sixteen);
    }
}

/// `scale` of two blocks that begin with a Float16.
AVX2_INLINE __m256 scale_pair(const uint8_t *first, const uint8_t *second) {
    return _mm256_moveldup_ps(float16_pairs(first, second));
}

/// Scale and least number of two blocks that begin with those two Float16.
AVX2_INLINE void scale_and_least_pair(const uint8_t *first, const uint8_t *second, BlockPair32 *pair) {
    const __m256 both = float16_pairs(first, second);
    pair->scale = _mm256_moveldup_ps(both);
    pair->least = _mm256_blend_ps(_mm256_setzero_ps(), both, 0x22);
}

/// The 16 bits of a sum of products, of unsigned codes: four fit, as codes are below 32 and |q| below 128.
AVX2_INLINE __m256i unsigned_products(const __m256i codes[2], __m256i low, __m256i high) {
    return _mm256_add_epi16(_mm256_maddubs_epi16(codes[0], low), _mm256_maddubs_epi16(codes[1], high));
}

/// Eight sums of products of signed codes: 16 bits hold two. The instruction wants one side without sign.
AVX2_INLINE __m256i signed_products(const __m256i codes[2], __m256i low, __m256i high) {
    const __m256i ones = _mm256_set1_epi16(1);
    const __m256i first = _mm256_maddubs_epi16(_mm256_abs_epi8(codes[0]), _mm256_sign_epi8(low, codes[0]));
    const __m256i second = _mm256_maddubs_epi16(_mm256_abs_epi8(codes[1]), _mm256_sign_epi8(high, codes[1]));
    return _mm256_add_epi32(_mm256_madd_epi16(first, ones), _mm256_madd_epi16(second, ones));
}

/// `2 * pairs` rows times `count` activation rows; `rows` are the places of the rows, in bytes and in `out`.
AVX2_INLINE void some_rows_times_activations(
    const PairType32 type, const size_t pairs, const size_t count, const uint8_t *stored, size_t row_bytes,
    const size_t *rows, const Activations32 *activations, float *out, size_t out_stride
) {
    const __m256i ones = _mm256_set1_epi16(1), middle = _mm256_set1_epi8(type.middle);
    const uint8_t *place[4];
    __m256 sum[2][4];
    for (size_t row = 0; row < pairs * 2; row++) place[row] = stored + rows[row] * row_bytes;
    for (size_t pair = 0; pair < pairs; pair++) {
        for (size_t c = 0; c < count; c++) sum[pair][c] = _mm256_setzero_ps();
    }
    for (size_t block = 0; block < activations->length / 32; block++) {
        BlockPair32 read[2];
        for (size_t pair = 0; pair < pairs; pair++) {
            const uint8_t *first = place[pair * 2] + block * type.block_bytes;
            const uint8_t *second = place[pair * 2 + 1] + block * type.block_bytes;
            fetch_ahead(first);
            fetch_ahead(second);
            read[pair] = type.read(first, second);
        }
        for (size_t c = 0; c < count; c++) {
            const int8_t *q = codes_32(activations, c) + block * 32;
            const __m256i low = load_16_twice(q), high = load_16_twice(q + 16);
            const __m256i middles[2] = {middle, middle};
            const __m256i excess = unsigned_products(middles, low, high);
            const __m256 scale = _mm256_broadcast_ss(scales_32(activations, c) + block);
            for (size_t pair = 0; pair < pairs; pair++) {
                const __m256i *codes = read[pair].codes;
                __m256i whole;
                if (type.form == CodesSigned) {
                    whole = signed_products(codes, low, high);
                } else {
                    whole = unsigned_products(codes, low, high);
                    if (type.form == CodesAroundMiddle) whole = _mm256_sub_epi16(whole, excess);
                    whole = _mm256_madd_epi16(whole, ones);
                }
                sum[pair][c] = _mm256_fmadd_ps(
                    _mm256_mul_ps(read[pair].scale, scale), _mm256_cvtepi32_ps(whole), sum[pair][c]);
                if (type.form == CodesWithLeast) {
                    const __m256 scaled_sum = _mm256_broadcast_ss(scaled_sums_32(activations, c) + block);
                    sum[pair][c] = _mm256_fmadd_ps(read[pair].least, scaled_sum, sum[pair][c]);
                }
            }
        }
    }
    for (size_t pair = 0; pair < pairs; pair++) {
        for (size_t c = 0; c < count; c++) {
            float *at = out + c * out_stride;
            sums_of_4(sum[pair][c], at + rows[pair * 2], at + rows[pair * 2 + 1]);
        }
    }
}

/// Four rows at a time, from the four quarters of all rows: more of the memory's answers are awaited at once. The last
/// rows go by two, as all do where more sums would not fit the registers; an odd one is its own neighbour.
AVX2_INLINE void rows_times_activations(
    const PairType32 type, const size_t count, const uint8_t *stored, size_t row_bytes, size_t row_count,
    const Activations32 *activations, float *out, size_t out_stride
) {
    const size_t quarter = type.form == CodesSigned && count > 2 ? 0 : row_count / 4;
    for (size_t row = 0; row < quarter; row++) {
        const size_t rows[4] = {row, row + quarter, row + quarter * 2, row + quarter * 3};
        some_rows_times_activations(type, 2, count, stored, row_bytes, rows, activations, out, out_stride);
    }
    for (size_t row = quarter * 4; row < row_count; row += 2) {
        const size_t rows[2] = {row, row + 1 < row_count ? row + 1 : row};
        some_rows_times_activations(type, 1, count, stored, row_bytes, rows, activations, out, out_stride);
    }
}

/// 32 signed codes as numbers.
AVX2_INLINE void store_codes(float *out, __m128i codes, __m256 scale, __m256 least, int has_least) {
    for (int half = 0; half < 2; half++) {
        const __m256 code = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(codes));
        // The product is exact, so that one rounding is as good as two.
        _mm256_storeu_ps(
            out + half * 8, has_least ? _mm256_fmadd_ps(scale, code, least) : _mm256_mul_ps(scale, code));
        codes = _mm_unpackhi_epi64(codes, codes);
    }
}

AVX2_INLINE void unpack_pairs(const PairType32 type, const uint8_t *blocks, float *out, size_t count) {
    for (size_t start = 0; start < count; start += 64, blocks += type.block_bytes * 2, out += 64) {
        const int both = count - start > 32;
        const BlockPair32 read = type.read(blocks, both ? blocks + type.block_bytes : blocks);
        const __m256i middle = _mm256_set1_epi8(type.middle);
        const __m256i low = _mm256_sub_epi8(read.codes[0], middle), high = _mm256_sub_epi8(read.codes[1], middle);
        const __m256 leasts = _mm256_permute_ps(read.least, 0x55);
        const int has_least = type.form == CodesWithLeast;
        __m256 scale = _mm256_permute2f128_ps(read.scale, read.scale, 0x00);
        __m256 least = _mm256_permute2f128_ps(leasts, leasts, 0x00);
        store_codes(out, _mm256_castsi256_si128(low), scale, least, has_least);
        store_codes(out + 16, _mm256_castsi256_si128(high), scale, least, has_least);
        if (!both) return;
        scale = _mm256_permute2f128_ps(read.scale, read.scale, 0x11);
        least = _mm256_permute2f128_ps(leasts, leasts, 0x11);
        store_codes(out + 32, _mm256_extracti128_si256(low, 1), scale, least, has_least);
        store_codes(out + 48, _mm256_extracti128_si256(high, 1), scale, least, has_least);
    }
}

/// `own_rows_dot_1` to `own_rows_dot_4` of a type: the compiler knows the number, and sums stay in registers.
#define MAKE_ROWS_DOT_32(type) \
    MAKE_ROWS_DOT_N_32(own_rows_dot_1, type, 1) \
    MAKE_ROWS_DOT_N_32(own_rows_dot_2, type, 2) \
    MAKE_ROWS_DOT_N_32(own_rows_dot_3, type, 3) \
    MAKE_ROWS_DOT_N_32(own_rows_dot_4, type, 4)

#define MAKE_ROWS_DOT_N_32(name, type, count) \
    AVX2 static void name( \
        const uint8_t *rows, size_t row_bytes, size_t row_count, const Activations32 *activations, float *out, \
        size_t out_stride \
    ) { \
        rows_times_activations(type, count, rows, row_bytes, row_count, activations, out, out_stride); \
    }

/// `own_unpack` of a type.
#define MAKE_UNPACK_32(type) \
    AVX2 static void own_unpack(const uint8_t *blocks, float *out, size_t count) { \
        unpack_pairs(type, blocks, out, count); \
    }

#endif

#endif
