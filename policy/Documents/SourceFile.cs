namespace Gateway.Policy.Documents;

/// <summary>One file of governance documents, already read. Policy does no I/O.</summary>
/// <param name="Name">As positions show it, such as <c>agents/assistant.yaml</c>. Need not be unique, but positions are clearer if it is.</param>
/// <param name="Text">The whole text; at most <see cref="MaxBytes"/> as UTF-8, or the file is refused.</param>
public sealed record SourceFile(string Name, string Text)
{
    /// <value>4 MiB.</value>
    public const int MaxBytes = 4 * 1024 * 1024;
}
