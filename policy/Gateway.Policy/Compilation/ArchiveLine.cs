using System.Text;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>The lines of a kept text. Each is YAML: what isn't a document is a comment.</summary>
internal static class ArchiveLine
{
    private const string FromMark = "# from ";
    private const string WithoutMark = "# without ";
    private const string NameMark = " # ";

    /// <summary>The first line of a text that says only how it differs from another.</summary>
    public static byte[] From(Sha256Digest revision) => Encoding.UTF8.GetBytes($"{FromMark}{revision}\n");

    public static byte[] Without(GovernedDocument document) => Encoding.UTF8.GetBytes($"{WithoutMark}{NameOf(document)}\n");

    public static void Write(Stream stream, byte[] text, GovernedDocument document)
    {
        stream.Write("--- "u8);
        stream.Write(text);
        stream.Write(Encoding.UTF8.GetBytes($"{NameMark}{NameOf(document)}\n"));
    }

    /// <summary>The revision that a text says how it differs from; null where it is whole.</summary>
    public static Sha256Digest? FromOf(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return
            text.StartsWith(FromMark, StringComparison.Ordinal)
            && end > 0
            && Sha256Digest.TryParse(text.AsSpan(FromMark.Length, end - FromMark.Length), out var revision)
            ? revision
            : null;
    }

    /// <summary>The name in a line that says which document isn't there; null for another line.</summary>
    public static string? WithoutOf(string line) =>
        line.StartsWith(WithoutMark, StringComparison.Ordinal) ? line[WithoutMark.Length..] : null;

    /// <summary>The name behind a document; null where there is none.</summary>
    public static string? NameOf(string line) =>
        line.LastIndexOf(NameMark, StringComparison.Ordinal) is > 0 and var at ? line[(at + NameMark.Length)..] : null;

    private static string NameOf(GovernedDocument document) => $"{document.Kind} {document.Tenant} {document.Name}";
}
