#include "blocks_32.h"
#include "blocks_32_avx2.h"
#include "blocks_32_neon.h"
#include "products_32_avx2.h"

// MXFP4, 17 bytes: an exponent (E8M0, bias 127) and 16 bytes of floating-point numbers of four bits (E2M1), as in OCP
// Microscaling Formats, version 1.0, in the order of ggml. Exponent 255 is 2^128, as ggml reads it. Codes are doubled
// numbers, so that they are whole, and scales are halved.
enum { block_bytes = 17 };

#define SIXTEEN_POWERS(first) \
    (first), (first) * 0x1p1f, (first) * 0x1p2f, (first) * 0x1p3f, (first) * 0x1p4f, (first) * 0x1p5f, \
    (first) * 0x1p6f, (first) * 0x1p7f, (first) * 0x1p8f, (first) * 0x1p9f, (first) * 0x1p10f, (first) * 0x1p11f, \
    (first) * 0x1p12f, (first) * 0x1p13f, (first) * 0x1p14f, (first) * 0x1p15f

/// 2^(exponent - 128) for every exponent; the two least as subnormal numbers.
static const float half_power[256] = {
    SIXTEEN_POWERS(0x1p-128f), SIXTEEN_POWERS(0x1p-112f), SIXTEEN_POWERS(0x1p-96f), SIXTEEN_POWERS(0x1p-80f),
    SIXTEEN_POWERS(0x1p-64f), SIXTEEN_POWERS(0x1p-48f), SIXTEEN_POWERS(0x1p-32f), SIXTEEN_POWERS(0x1p-16f),
    SIXTEEN_POWERS(0x1p0f), SIXTEEN_POWERS(0x1p16f), SIXTEEN_POWERS(0x1p32f), SIXTEEN_POWERS(0x1p48f),
    SIXTEEN_POWERS(0x1p64f), SIXTEEN_POWERS(0x1p80f), SIXTEEN_POWERS(0x1p96f), SIXTEEN_POWERS(0x1p112f),
};

static const int8_t doubled[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

static void read_block(const uint8_t *block, PlainBlock32 *plain) {
    plain->scale = half_power[block[0]];
    plain->least = -0.0f;
    read_half_bytes_32(block + 1, plain->code);
    for (int i = 0; i < 32; i++) plain->code[i] = doubled[plain->code[i]];
}

/// Apart from `unpack_32_portable`, as whole numbers have no -0 and these numbers do.
static void unpack_portable(const uint8_t *block, float *out, size_t count) {
    static const float number[16] = {0, 1, 2, 3, 4, 6, 8, 12, -0.0f, -1, -2, -3, -4, -6, -8, -12};
    for (size_t start = 0; start < count; start += 32, block += block_bytes, out += 32) {
        const float scale = half_power[block[0]];
        for (int i = 0; i < 16; i++) {
            out[i] = scale * number[block[1 + i] & 15];
            out[i + 16] = scale * number[block[1 + i] >> 4];
        }
    }
}

#if defined(__x86_64__)

/// 2^(exponent - 128) of the lowest byte of each place. Below 2 the numbers are subnormal: 2^21 or 2^22 as bits.
AVX2_INLINE __m256 half_power_of_eight(__m256i places) {
    const __m256i exponent = _mm256_and_si256(places, _mm256_set1_epi32(255));
    const __m256i normal = _mm256_slli_epi32(_mm256_sub_epi32(exponent, _mm256_set1_epi32(1)), 23);
    const __m256i subnormal = _mm256_sllv_epi32(_mm256_set1_epi32(1 << 21), exponent);
    const __m256i is_subnormal = _mm256_cmpgt_epi32(_mm256_set1_epi32(2), exponent);
    return _mm256_castsi256_ps(_mm256_blendv_epi8(normal, subnormal, is_subnormal));
}

/// What 16 codes become: 16 more than the doubled numbers, so that they have no sign.
AVX2_INLINE __m256i raised_avx2(__m256i codes) {
    const __m256i raised = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(16, 17, 18, 19, 20, 22, 24, 28, 16, 15, 14, 13, 12, 10, 8, 4));
    return _mm256_shuffle_epi8(raised, codes);
}

AVX2_INLINE BlockPair32 read_pair(const uint8_t *first, const uint8_t *second) {
    const __m256 scale = _mm256_broadcast_ss(&half_power[first[0]]);
    BlockPair32 pair = {
        .scale = _mm256_blend_ps(scale, _mm256_broadcast_ss(&half_power[second[0]]), 0xf0),
        .least = _mm256_setzero_ps(),
    };
    read_half_bytes_avx2(first + 1, second + 1, pair.codes);
    for (int half = 0; half < 2; half++) pair.codes[half] = raised_avx2(pair.codes[half]);
    return pair;
}

AVX2_INLINE BlockEight32 read_eight(const uint8_t *first, size_t stride) {
    __m256i heads[2];
    read_heads_of_eight(first, stride, heads);
    BlockEight32 eight = {.scale = half_power_of_eight(heads[0]), .least = _mm256_setzero_ps()};
    read_half_bytes_of_eight(first + 1, stride, eight.codes);
    for (int k = 0; k < 8; k++) eight.codes[k] = raised_avx2(eight.codes[k]);
    return eight;
}

MAKE_ROWS_DOT_32(((OwnType32){read_pair, read_eight, block_bytes, CodesAroundMiddle, 5, 4}))

/// Eight numbers: three bits choose the size, the fourth becomes the sign.
AVX2_INLINE __m256 numbers_avx2(__m256i codes, __m256 scale) {
    const __m256 sizes = _mm256_setr_ps(0, 1, 2, 3, 4, 6, 8, 12);
    const __m256i sign = _mm256_slli_epi32(_mm256_srli_epi32(codes, 3), 31);
    const __m256 number = _mm256_or_ps(_mm256_permutevar8x32_ps(sizes, codes), _mm256_castsi256_ps(sign));
    return _mm256_mul_ps(scale, number);
}

AVX2 static void own_unpack(const uint8_t *block, float *out, size_t count) {
    for (size_t start = 0; start < count; start += 32, block += block_bytes, out += 32) {
        const __m256 scale = _mm256_broadcast_ss(&half_power[block[0]]);
        for (int i = 0; i < 16; i += 8) {
            const __m256i bytes = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)(block + 1 + i)));
            const __m256i low = _mm256_and_si256(bytes, _mm256_set1_epi32(15));
            _mm256_storeu_ps(out + i, numbers_avx2(low, scale));
            _mm256_storeu_ps(out + i + 16, numbers_avx2(_mm256_srli_epi32(bytes, 4), scale));
        }
    }
}

#elif defined(__aarch64__)

NEON_INLINE BlockCodes32 read_codes(const uint8_t *block) {
    BlockCodes32 codes = {.scale = half_power[block[0]], .least = -0.0f};
    read_half_bytes_neon(block + 1, codes.code);
    for (int half = 0; half < 2; half++) {
        codes.code[half] = vqtbl1q_s8(vld1q_s8(doubled), vreinterpretq_u8_s8(codes.code[half]));
    }
    return codes;
}

MAKE_ROWS_DOT_NEON(read_codes, block_bytes)

#endif

void ckernels_mxfp4_unpack(const void *blocks, float *out, size_t count, CKernelsPath path) {
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2) {
        own_unpack(blocks, out, count);
        return;
    }
#endif
    (void)path;
    unpack_portable(blocks, out, count);
}

BLOCK_ROWS_DOT_32(mxfp4)
