using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Testing;

namespace Gateway.Policy.Tests.Compilation;

public sealed class SnapshotCompilerPropertyTests
{
    private static readonly string[] Samples =
    [
        .. Directory
            .GetFiles(Path.Combine(Repository.Root, "samples", "governance"), "*.yaml")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText),
    ];

    private static readonly string[] Documents = [.. Samples.SelectMany(text => text.Split("---\n"))];

    private static readonly string[] Spikes =
    [
        "[",
        "]",
        "{",
        "}",
        ":",
        "- ",
        "&a ",
        "*a",
        "!t ",
        "\"",
        "'",
        "\n",
        "\t",
        "---\n",
        "...",
        "? ",
        "| ",
        "> ",
        "#",
        "%",
        "\0",
        "\ud800",
        "~",
        "0",
        "-1",
        "\"*\"",
        "\u2028",
        "<<: ",
        "\r",
        "\uFEFF",
    ];

    [Fact]
    public void Compile_OfAnyText_NeverThrowsAndHasEitherASnapshotOrErrors() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => IsSound(text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void Compile_OfAnyYamlLikeText_NeverThrows() =>
        Prop.ForAll(
                Gen.Elements(Spikes)
                    .Or(Gen.Elements("a", "kind", "spec", " ", "  ", "Agent", "metadata"))
                    .ArrayOf()
                    .Select(string.Concat)
                    .ToArbitrary(),
                text => IsSound(text)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(60));

    [Fact]
    public void Compile_OfDamagedDocuments_NeverThrows() =>
        Prop.ForAll(Damaged().ToArbitrary(), text => IsSound(text)).Check(Config.QuickThrowOnFailure.WithMaxTest(600));

    [Fact]
    public void Compile_OfTheSameDocumentsInAnyOrder_GivesTheSameRevision()
    {
        var revision = Compile(Documents).Value!.Revision;

        Prop.ForAll(Gen.Shuffle(Documents).ToArbitrary(), shuffled => Compile(shuffled).Value!.Revision == revision)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void Compile_WithoutAnyOneDocument_NeverGivesTheSameRevision()
    {
        var revision = Compile(Documents).Value!.Revision;

        for (var i = 0; i < Documents.Length; i++)
        {
            Assert.NotEqual(revision, Compile([.. Documents[..i], .. Documents[(i + 1)..]]).Value?.Revision);
        }
    }

    private static Gen<string> Damaged() =>
        from text in Gen.Elements(Samples)
        from at in Gen.Choose(0, text.Length - 1)
        from length in Gen.Choose(0, 12)
        from spike in Gen.Elements(Spikes)
        select text.Remove(at, Math.Min(length, text.Length - at)).Insert(at, spike);

    private static bool IsSound(string text)
    {
        var result = SnapshotCompiler.Compile([new SourceFile("any.yaml", text)]);
        return (result.Value is null) == (result.Errors.Count > 0) && result.Errors.All(e => e.Problem.Length > 0 && e.Remedy.Length > 0);
    }

    private static Validated<Snapshot> Compile(string[] documents) =>
        SnapshotCompiler.Compile([.. documents.Select((text, i) => new SourceFile($"{i}.yaml", text))]);
}
