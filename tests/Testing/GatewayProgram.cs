namespace Gateway.Testing;

/// <summary>
/// The <c>gateway</c> program that tests start as a process: as it was built beside them, or the published one that
/// <c>GATEWAY_TEST_PROGRAM</c> names. That is compiled ahead, as <c>make run</c> has it: each of thousands of starts takes a quarter less
/// of the processor.
/// </summary>
public static class GatewayProgram
{
#pragma warning disable RS0030 // No other setting can reach a test.
    public static string Path { get; } =
        Environment.GetEnvironmentVariable("GATEWAY_TEST_PROGRAM") is { Length: > 0 } published
            ? published
            : System.IO.Path.Combine(AppContext.BaseDirectory, "gateway.dll");
#pragma warning restore RS0030

    /// <summary>The folder that has it by its own name, as in a search path.</summary>
    public static string Folder { get; } = System.IO.Path.GetDirectoryName(Path)!;
}
