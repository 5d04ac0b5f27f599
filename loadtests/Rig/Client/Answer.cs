namespace Gateway.LoadTests.Client;

/// <summary>What came back. Only valid until the connection is used again.</summary>
public readonly ref struct Answer(int status, int bodyStart, ReadOnlySpan<byte> bytes)
{
    public int Status { get; } = status;

    public ReadOnlySpan<byte> Head { get; } = bytes[..bodyStart];

    /// <summary>As it came, chunk sizes among it.</summary>
    public ReadOnlySpan<byte> Body { get; } = bytes[bodyStart..];
}
