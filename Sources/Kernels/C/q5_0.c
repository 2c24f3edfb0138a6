#include "blocks_32.h"
#include "blocks_32_avx2.h"
#include "blocks_32_neon.h"
#include "products_32_avx2.h"

// Q5_0, 22 bytes: a Float16 scale, 4 bytes of fifth bits and 16 bytes of the lower four; codes 0...31, middle 16.
enum { block_bytes = 22 };

static void read_block(const uint8_t *block, PlainBlock32 *plain) {
    plain->scale = float16_32(block);
    plain->least = -0.0f;
    read_half_bytes_32(block + 6, plain->code);
    read_fifth_bits_32(block + 2, plain->code);
    for (int i = 0; i < 32; i++) plain->code[i] -= 16;
}

#if defined(__x86_64__)

AVX2_INLINE BlockPair32 read_pair(const uint8_t *first, const uint8_t *second) {
    BlockPair32 pair = {.scale = scale_pair(first, second), .least = _mm256_setzero_ps()};
    read_half_bytes_avx2(first + 6, second + 6, pair.codes);
    read_fifth_bits_avx2(first + 2, second + 2, pair.codes);
    return pair;
}

AVX2_INLINE BlockEight32 read_eight(const uint8_t *first, size_t stride) {
    __m256i heads[2];
    read_heads_of_eight(first, stride, heads);
    BlockEight32 eight = {.scale = float16_of_eight(heads[0]), .least = _mm256_setzero_ps()};
    read_half_bytes_of_eight(first + 6, stride, eight.codes);
    const __m256i bits = _mm256_or_si256(_mm256_srli_epi32(heads[0], 16), _mm256_slli_epi32(heads[1], 16));
    add_fifth_bits(bits, eight.codes);
    return eight;
}

#define OWN_TYPE ((OwnType32){read_pair, read_eight, block_bytes, CodesAroundMiddle, 5, 4})
MAKE_ROWS_DOT_32(OWN_TYPE)
MAKE_UNPACK_32(OWN_TYPE)

#elif defined(__aarch64__)

NEON_INLINE BlockCodes32 read_codes(const uint8_t *block) {
    BlockCodes32 codes = {.scale = float16_neon(block), .least = -0.0f};
    read_half_bytes_neon(block + 6, codes.code);
    read_fifth_bits_neon(block + 2, codes.code);
    for (int half = 0; half < 2; half++) codes.code[half] = vsubq_s8(codes.code[half], vdupq_n_s8(16));
    return codes;
}

MAKE_KERNELS_NEON(read_codes, block_bytes)

#endif

BLOCK_UNPACK_32(q5_0)
BLOCK_ROWS_DOT_32(q5_0)
