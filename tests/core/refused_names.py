"""Which public names of PyTorch no program may use, and why: patterns, by reason."""

REFUSED = {
    "for another device, or a library of kernels that this one may lack": """
        torch.cudnn_* torch.miopen_* torch.mkldnn_* torch.fbgemm_* torch.get_device_module
        torch.nn.functional.scaled_mm
        torch.nn.functional.scaled_grouped_mm torch.nn.functional.ScalingType
        torch.nn.functional.SwizzleType torch.nn.functional.grouped_mm
        torch.nn.utils.convert_conv?d_weight_memory_format torch.fused_moving_avg_obs_fake_quant
    """,
    "works on quantized tensors, through which no gradient flows": """
        torch.quantize* torch.dequantize torch.q_* torch.int_repr
        torch.choose_qparams_optimized torch.empty_quantized
    """,
    "what a public function calls once it has checked the shapes: alone, its kernel trusts them": """
        torch.batch_norm* torch.native_* torch.lstm* torch.gru* torch.rnn_*
        torch.grid_sampler* torch.affine_grid_generator torch.convolution torch.conv_tbc
        torch.embedding_* torch.max_pool1d_with_indices torch.segment_reduce
        torch.nn.functional.*_with_indices torch.nn.functional.conv_tbc
        torch.nn.functional.multi_head_attention_forward torch.nn.functional.boolean_dispatch
        torch.nn.functional.assert_int_or_pair torch.nn.CrossMapLRN2d torch.nn.RNNCellBase
    """,
    "draws samples that its kernel trusts, or draws into the tensor itself": """
        torch.nn.FractionalMaxPool* torch.binomial
        torch.alpha_dropout_ torch.dropout_ torch.feature_*dropout*
    """,
    "makes tensors of memory that is not theirs, or shows memory past their end": """
        torch.as_strided_* torch.resize_as_* torch.from_dlpack torch.to_dlpack torch.from_file
        torch.frombuffer torch.empty_strided torch.empty_permuted torch.nn.utils.skip_init
        torch.unsafe_* torch.nn.UninitializedBuffer torch.nn.UninitializedParameter
        torch.slice_inverse
    """,
    "sets or tells what PyTorch keeps for the process": """
        torch.set_* torch.get_autocast_* torch.is_autocast_* torch.autocast_*
        torch.clear_autocast_cache torch.get_deterministic_debug_mode torch.init_num_threads
        torch.is_anomaly_check_nan_enabled torch.is_deterministic_algorithms_warn_only_enabled
        torch.is_warn_always_enabled torch.prepare_multiprocessing_environment torch.get_file_path
        torch.thread_safe_generator torch.autograd.set_* torch.autograd.is_*
        torch.autograd.kineto_available torch.autograd.enforce_grad_layout_policy
        torch.autograd.graph.set_* torch.autograd.graph.region_activation_memory_budget
        torch.autograd.graph.allow_mutation_on_saved_tensors torch.profiler_*
        torch.autograd.forward_ad.enter_dual_level torch.autograd.forward_ad.exit_dual_level
        torch.is_distributed torch.is_vulkan_available
        torch.nn.utils.parametrize.get_swap_module_params_on_conversion
        torch.optim.swap_in_optimizer_params_and_state
    """,
    "for compilers and for those who work on PyTorch itself": """
        torch.*_copy torch.sym_* torch.cond torch.while_loop torch.import_ir_* torch.parse_*
        torch.fork torch.wait torch.unify_type_list torch.merge_type_from_type_comment
        torch.classproperty torch.hash_tensor
        torch.func.rearrange torch.func.debug_unwrap torch.*has_torch_function*
        torch.*handle_torch_function torch.autograd.variable torch.autograd.NestedIOFunction
        torch.nn.factory_kwargs torch.nn.Buffer torch.nn.Container
        torch.nn.utils.parametrize.transfer_parametrizations_and_params
        torch.nn.utils.parametrize.type_before_parametrizations
        torch.nn.utils.parametrize.is_opaque_reference_type
        torch.nn.utils.parametrize.is_traceable_wrapper_subclass
        torch.nn.utils.parametrize.ParametrizationList
        torch.nn.utils.rnn.bind torch.nn.utils.rnn.copy_method_params torch.nn.utils.rnn.invert_permutation
        torch.nn.utils.rnn.PackedSequence_ torch.autograd.graph.GradientEdge
        torch.autograd.forward_ad.UnpackedDualTensor
    """,
    "works on sparse tensors that are not in coordinates, or that nobody checks": """
        torch.sparse_*_tensor torch.dsmm torch.hsmm torch.hspmm torch.smm torch.saddmm torch.sspaddmm
    """,
    "no longer in PyTorch, or on its way out": """
        torch.eig torch.lstsq torch.matrix_rank torch.solve torch.symeig torch.nn.NLLLoss2d torch.nn.init.dirac
        torch.nn.init.eye torch.nn.init.sparse
    """,
    "how large its result is, or how long it takes, is not known beforehand": """
        torch.histogramdd torch.lobpcg torch.nonzero_static torch.fft.*hfft2 torch.fft.*hfftn
        torch.special.*_polynomial_*
    """,
    "rare, and nobody has asked for it": """
        torch.nn.LazyConvTranspose3d torch.nn.LazyInstanceNorm3d torch.nn.LinearCrossEntropy*
        torch.nn.functional.linear_cross_entropy torch.nn.utils.fuse_*
        torch.optim.Muon torch.func.replace_all_batch_norm_modules_
        torch.optim.swa_utils.get_swa_multi_avg_fn torch.distributions.*Transform
        torch.distributions.ExponentialFamily torch.distributions.GeneralizedPareto
        torch.distributions.LKJCholesky torch.distributions.Wishart torch.distributions.biject_to
        torch.distributions.identity_transform torch.distributions.transform_to
        torch.nn.utils.prune.CustomFromMask
        torch.nn.utils.prune.Identity torch.nn.utils.prune.LnStructured
        torch.nn.utils.prune.PruningContainer torch.nn.utils.prune.RandomStructured
    """,
}
