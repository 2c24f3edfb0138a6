#include "blocks_32.h"
#include "blocks_32_avx2.h"
#include "blocks_32_neon.h"
#include "products_32_avx2.h"

// Q4_0, 18 bytes: a Float16 scale and 16 bytes of codes 0...15 whose middle is 8.
enum { block_bytes = 18 };

static void read_block(const uint8_t *block, PlainBlock32 *plain) {
    plain->scale = float16_32(block);
    plain->least = -0.0f;
    read_half_bytes_32(block + 2, plain->code);
    for (int i = 0; i < 32; i++) plain->code[i] -= 8;
}

#if defined(__x86_64__)

AVX2_INLINE BlockPair32 read_pair(const uint8_t *first, const uint8_t *second) {
    BlockPair32 pair = {.scale = scale_pair(first, second), .least = _mm256_setzero_ps()};
    read_half_bytes_avx2(first + 2, second + 2, pair.codes);
    return pair;
}

AVX2_INLINE BlockEight32 read_eight(const uint8_t *first, size_t stride) {
    __m256i heads[2];
    read_heads_of_eight(first, stride, heads);
    BlockEight32 eight = {.scale = float16_of_eight(heads[0]), .least = _mm256_setzero_ps()};
    read_half_bytes_of_eight(first + 2, stride, eight.codes);
    return eight;
}

#define OWN_TYPE ((OwnType32){read_pair, read_eight, block_bytes, CodesAroundMiddle, 4, 3})
MAKE_ROWS_DOT_32(OWN_TYPE)
MAKE_UNPACK_32(OWN_TYPE)

#elif defined(__aarch64__)

NEON_INLINE BlockCodes32 read_codes(const uint8_t *block) {
    BlockCodes32 codes = {.scale = float16_neon(block), .least = -0.0f};
    read_half_bytes_neon(block + 2, codes.code);
    for (int half = 0; half < 2; half++) codes.code[half] = vsubq_s8(codes.code[half], vdupq_n_s8(8));
    return codes;
}

MAKE_KERNELS_NEON(read_codes, block_bytes)

#endif

BLOCK_UNPACK_32(q4_0)
BLOCK_ROWS_DOT_32(q4_0)
