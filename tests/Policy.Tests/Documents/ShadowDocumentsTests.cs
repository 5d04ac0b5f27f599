using System.Text;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents;

public sealed class ShadowDocumentsTests
{
    private static readonly World World = new() { Level = "L2" };

    [Fact]
    public void WithoutShadows_ThereIsNoShadow() => Assert.Null(World.Compile().Shadow);

    [Fact]
    public void ANewShadow_IsNoPartOfTheGovernanceInForce()
    {
        var snapshot = Compile(Policy("shadow: true"));

        Assert.Equal(World.Compile().Revision, snapshot.Revision);
        Assert.Equal(Verdict.Allow, Judge(snapshot));
        Assert.Equal(Verdict.Block, Judge(snapshot.Shadow!));
    }

    [Fact]
    public void AShadow_TakesThePlaceOfTheRealOneOfItsName()
    {
        var snapshot = Compile(
            "apiVersion: gateway/v1\nkind: Agent\nmetadata: {tenant: demo, name: agent, shadow: true}\n"
                + "spec: {workspace: main, owners: {human: Ada Sample}, status: suspended, level: L2, risk: low}\n"
        );

        Assert.Equal(Verdict.Allow, Judge(snapshot));
        Assert.Equal(Verdict.Block, Judge(snapshot.Shadow!));
    }

    [Fact]
    public void AShadow_ThatBecomesReal_GivesTheRevisionThatItsShadowHad() =>
        Assert.Equal(Compile(Policy("shadow: true")).Shadow!.Revision, Compile(Policy("shadow: false")).Revision);

    [Fact]
    public void ADocument_ThatSaysItIsNoShadow_HasTheFormOfOneThatSaysNothing() =>
        Assert.Equal(Compile(Policy("labels: {}")).Revision, Compile(Policy("labels: {}, shadow: false")).Revision);

    [Theory]
    [InlineData("shadow: 'true'")]
    [InlineData("shadow: yes")]
    [InlineData("shadow: [true]")]
    public void AnythingButTrueOrFalse_IsAnError(string shadow) =>
        Assert.Contains(Result(Policy(shadow)).Errors, error => error.Field == "metadata.shadow");

    [Fact]
    public void AnErrorInAShadow_IsAnErrorLikeAnother()
    {
        var result = Result(Policy("shadow: true").Replace("effect: block", "effect: bloc", StringComparison.Ordinal));

        Assert.Null(result.Value);
        Assert.Equal("more.yaml", Assert.Single(result.Errors).Position.File);
    }

    [Fact]
    public void TwoShadowsOfOneName_AreAnError() => Assert.Null(Result(Policy("shadow: true") + "---\n" + Policy("shadow: true")).Value);

    [Fact]
    public void ARealDocument_CannotRestOnAShadow()
    {
        const string Flow =
            "apiVersion: gateway/v1\nkind: Agent\nmetadata: {tenant: demo, name: other, shadow: true}\n"
            + "spec: {workspace: main, status: active, level: L1, risk: low}\n---\n"
            + "apiVersion: gateway/v1\nkind: DataFlow\nmetadata: {tenant: demo, name: flow}\n"
            + "spec: {agent: other, connector: system, dataClasses: [customer]}\n";

        Assert.Null(Result(Flow).Value);
    }

    [Fact]
    public void TheShadow_IsKeptAsItWouldBe()
    {
        var governance = GovernanceCompiler.Compile(Files(Policy("shadow: true"))).Value!;
        var shadow = governance.Snapshot.Shadow!;

        Assert.NotNull(GovernanceArchive.Read(Written(governance.ShadowText!.Write), shadow.Revision));
        Assert.Equal(World.Compile().Revision, GovernanceArchive.Read(Written(governance.Text.Write), World.Compile().Revision)?.Revision);
        Assert.NotNull(
            GovernanceArchive.Read(
                [Written(governance.Text.Write), Written(stream => governance.ShadowText!.WriteChange(stream, governance.Text))],
                shadow.Revision
            )
        );
    }

    private static string Written(Action<Stream> write)
    {
        using var text = new MemoryStream();
        write(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static string Policy(string metadata) =>
        $"apiVersion: gateway/v1\nkind: Policy\nmetadata: {{tenant: demo, name: trial, {metadata}}}\n"
        + "spec: {rules: [{name: no, effect: block}]}\n";

    private static SourceFile[] Files(string more) => [new("world.yaml", World.Yaml), new("more.yaml", more)];

    private static Validated<Snapshot> Result(string more) => SnapshotCompiler.Compile(Files(more));

    private static Snapshot Compile(string more) =>
        Result(more) is { Value: { } snapshot } ? snapshot : throw new InvalidOperationException(string.Join('\n', Result(more).Errors));

    private static Verdict Judge(Snapshot snapshot) => Evaluator.Evaluate(snapshot, World.Intent(), World.Facts).Verdict;
}
