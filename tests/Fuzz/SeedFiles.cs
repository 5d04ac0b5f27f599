using Gateway.Testing;

namespace Gateway.Fuzz.Tests;

/// <summary>Seeds that are files of the repository already.</summary>
internal static class SeedFiles
{
    /// <summary>Document by document, and two together, since dividing them is part of what is tried.</summary>
    public static IEnumerable<byte[]> Governance =>
        from file in Directory.GetFiles(Path.Combine(Repository.Root, "samples/governance"), "*.yaml").Order(StringComparer.Ordinal)
        let documents = File.ReadAllText(file).Split("\n---\n")
        from i in Enumerable.Range(0, documents.Length)
        let text = i == 0 ? documents[0] : $"{documents[i - 1]}\n---\n{documents[i]}"
        where text.Length < 4000
        select (byte[])[3, .. System.Text.Encoding.UTF8.GetBytes(text)];

    public static IEnumerable<byte[]> Intents =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "samples/gait"), "intent_*.json", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);
}
