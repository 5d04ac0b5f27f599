namespace Gateway.Connectors.Bodies;

/// <summary>
/// Where the parts of a kept body's file are: <c>GWB1</c>, the IV (12 bytes), AES-256-GCM's ciphertext, its tag (16 bytes).
/// </summary>
internal static class SealedBodyLayout
{
    public const int TagLength = 16;
    private const int IvLength = 12;
    private const int Overhead = IvLength + TagLength + 4;

    private static ReadOnlySpan<byte> Mark => "GWB1"u8;

    /// <summary>
    /// A file with the body in clear in its place, to be sealed there: a body is in memory once, and not in a buffer that its owner gives
    /// back meanwhile.
    /// </summary>
    public static byte[] Allocate(ReadOnlySpan<byte> body)
    {
        var file = new byte[body.Length + Overhead];
        Mark.CopyTo(file);
        body.CopyTo(Content(file));
        return file;
    }

    /// <summary>Whether it begins as such a file and is long enough for one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> file) => file.Length >= Overhead && file.StartsWith(Mark);

    /// <summary>Where in the file's memory the body is.</summary>
    public static Range ContentOf(byte[] file) => (Mark.Length + IvLength)..(file.Length - TagLength);

    public static Span<byte> Iv(byte[] file) => file.AsSpan(Mark.Length, IvLength);

    public static Span<byte> Content(byte[] file) => file.AsSpan(ContentOf(file));

    public static Span<byte> Tag(byte[] file) => file.AsSpan(file.Length - TagLength);
}
