int kernels_stub(void){return 0;}
