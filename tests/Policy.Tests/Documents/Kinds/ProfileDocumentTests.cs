using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Documents.Kinds;

public sealed class ProfileDocumentTests
{
    public static TheoryData<string, string, string> Faults =>
        new()
        {
            {
                "{boundary: [{actions: [financial], levels: [L3], effect: allow}]}",
                "spec.boundary[0].effect",
                "For L3 financial low internal it is laxer"
            },
            {
                "{base: atf-strict, boundary: [{actions: [admin], levels: [L2], effect: approval}]}",
                "spec.boundary[0].effect",
                "laxer than the profile 'gamut'"
            },
            {
                "{boundary: [{actions: [write], levels: [L3], targets: [internal], effect: block}]}",
                "spec.boundary",
                "stricter for L3 write low internal than for a lower level"
            },
            {
                "{boundary: [{actions: [write], risks: [low], targets: [internal], effect: block}]}",
                "spec.boundary",
                "than for a higher risk"
            },
            { "{boundary: [{actions: [read], targets: [internal], effect: block}]}", "spec.boundary", "than for an external target" },
            { "{boundary: [{actions: [], effect: block}]}", "spec.boundary[0].actions", "0 items" },
            { "{boundary: [{actions: [read]}]}", "spec.boundary[0].effect", "missing" },
            { "{boundary: [{effect: maybe}]}", "spec.boundary[0].effect", "not 'maybe'" },
            { "{base: mine}", "spec.base", "not 'mine'" },
            { "{bearerUpTo: L3}", "spec.bearerUpTo", "laxer than the profile 'gamut', which has L2" },
            { "{signOffs: {L2: 3, L3: 2}}", "spec.signOffs.L3", "less than that of the level below" },
            { "{decisionTokens: {L1: 61s}}", "spec.decisionTokens.L1", "laxer than the profile 'gamut', which has 1m" },
            { "{decisionTokens: {L4: 301s}}", "spec.decisionTokens.L4", "to 5m" },
            { "{decisionTokens: {L3: 10s}}", "spec.decisionTokens.L3", "less than that of the level below" },
            { "{independentFrom: {owners: L5}}", "spec.independentFrom.owners", "not 'L5'" },
            { "{independentFrom: {friends: L3}}", "spec.independentFrom.friends", "no such field" },
            { "{binds: {luck: L1}}", "spec.binds.luck", "no such field" },
            { "{demote: {on: [blocked_actions], to: L1}}", "spec.demote.on[0]", "not 'blocked_actions'" },
            { "{demote: {on: [open_findings], to: L4}}", "spec.demote.to", "highest level" },
            { "{demote: {on: [open_critical_risk], to: L1, count: 2}}", "spec.demote.count", "Nothing is counted" },
        };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Profile_ThatIsLaxerThanGamutOrContradictsItself_IsReportedAtItsField(string spec, string field, string problem)
    {
        var error = Governance.Compile(Document("own", spec), Governance.Tenant).Errors.First(e => e.Field == field);

        Assert.Equal(field, error.Field);
        Assert.Equal(("a.yaml", 4), (error.Position.File, error.Position.Line));
        Assert.Contains(problem, error.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gamut")]
    [InlineData("atf-strict")]
    public void Profile_OfTheNameOfOneThatShips_IsRefused(string name) =>
        Assert.Contains(
            "ships with Gateway",
            Governance.Error(Governance.Compile(Document(name, "{}"), Governance.Tenant)).Problem,
            StringComparison.Ordinal
        );

    [Fact]
    public void Profile_ThatNobodyDeclares_IsReportedWhereItIsNamed()
    {
        var error = Governance.Error(
            Governance.Compile("apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: demo}\nspec: {profile: crazy}\n")
        );

        Assert.Equal("spec.profile", error.Field);
        Assert.Contains("no Profile 'crazy'", error.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Profile_WithoutAnything_IsItsBase()
    {
        var profile = Compiled("{base: atf-strict}", tenant: "own", workspace: null);

        Assert.All(BoundaryTable.Cells, cell => Assert.Equal(BuiltInProfiles.AtfStrict.Boundary[cell], profile.Boundary[cell]));
        Assert.Equal(BuiltInProfiles.AtfStrict.Binds, profile.Binds);
        Assert.Equal(BuiltInProfiles.AtfStrict.SignOffs, profile.SignOffs);
        Assert.Equal(AtfLevel.L3, profile.IndependentFrom);
        Assert.Equal(BuiltInProfiles.AtfStrict.TokenLifetimes, profile.TokenLifetimes);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("{independentFrom: {owners: L4}}", AtfLevel.L4)]
    [InlineData("{base: atf-strict, independentFrom: {owners: L4}}", AtfLevel.L3)] // It can't be put off.
    [InlineData("{base: atf-strict, independentFrom: {owners: L2}}", AtfLevel.L2)]
    public void SignOffs_AreIndependentFromTheLowerLevel(string spec, AtfLevel? level) =>
        Assert.Equal(level, Compiled(spec, tenant: "own", workspace: null).IndependentFrom);

    [Theory]
    [InlineData("gamut", "atf-strict")]
    [InlineData("atf-strict", "gamut")]
    [InlineData("atf-strict", null)]
    public void Workspace_WithAnotherProfileThanItsTenant_GetsTheStricterOfBoth(string tenant, string? workspace)
    {
        var profile = Compiled("{}", tenant, workspace);

        Assert.All(BoundaryTable.Cells, cell => Assert.Equal(BuiltInProfiles.AtfStrict.Boundary[cell], profile.Boundary[cell]));
        Assert.Equal(BuiltInProfiles.AtfStrict.TokenLifetimes, profile.TokenLifetimes);
        Assert.Equal(BuiltInProfiles.AtfStrict.Binds.OrderBy(b => b.Key), profile.Binds.OrderBy(b => b.Key));
        Assert.Equal((AtfLevel.L1, AtfLevel.L3, AtfLevel.L3), (profile.BearerUpTo, profile.NotifiesFrom, profile.IndependentFrom));
        Assert.Single(profile.Demotions);
    }

    [Fact]
    public void Profile_OfAnyRows_IsAnErrorOrNowhereLaxerThanGamutAndInOrder() =>
        Prop.ForAll(
                Rows().ToArbitrary(),
                rows =>
                {
                    var result = Governance.Compile(Document("own", $"{{boundary: [{rows}]}}"), Tenant("own"), Rest(null));
                    return result.Value is null
                        || Keeps(result.Value.Find(Id<Tenant>.Parse("demo"))!.Agents.Values.Single().Profile.Boundary);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Keeps(BoundaryTable table) =>
        BoundaryTable.Cells.All(cell =>
            table[cell] <= BuiltInProfiles.Gamut.Boundary[cell]
            && (cell.Level == AtfLevel.L1 || table[cell] >= table[cell with { Level = cell.Level - 1 }])
            && (cell.Tier == RiskTier.Low || table[cell] <= table[cell with { Tier = cell.Tier - 1 }])
            && table[cell] <= table[cell with { Scope = TargetScope.Internal }]
        );

    private static Gen<string> Rows() => from count in Gen.Choose(1, 3) from rows in Row().ListOf(count) select string.Join(", ", rows);

    private static Gen<string> Row() =>
        from action in Gen.Elements("actions: [read], ", "actions: [delete, write], ", "actions: [admin], ", "")
        from target in Gen.Elements("targets: [external], ", "targets: [internal], ", "")
        from risk in Gen.Elements("risks: [high, critical], ", "risks: [critical], ", "risks: [low], ", "")
        from level in Gen.Elements("levels: [L1], ", "levels: [L1, L2], ", "levels: [L3], ", "")
        from effect in Gen.Elements("allow", "approval", "block")
        select $"{{{action}{target}{risk}{level}effect: {effect}}}";

    private static Profile Compiled(string spec, string tenant, string? workspace) =>
        Governance
            .Compiled(Document("own", spec), Tenant(tenant), Rest(workspace))
            .Find(Id<Tenant>.Parse("demo"))!
            .Agents.Values.Single()
            .Profile;

    private static string Document(string name, string spec) =>
        $"apiVersion: gateway/v1\nkind: Profile\nmetadata: {{tenant: demo, name: {name}}}\nspec: {spec}\n";

    private static string Tenant(string profile) =>
        $"apiVersion: gateway/v1\nkind: Tenant\nmetadata: {{name: demo}}\nspec: {{profile: {profile}}}\n";

    private static string Rest(string? profile) =>
        "apiVersion: gateway/v1\nkind: Workspace\nmetadata: {tenant: demo, name: main}\n"
        + $"spec: {{environment: test{(profile is null ? "" : ", profile: " + profile)}}}\n---\n"
        + "apiVersion: gateway/v1\nkind: Agent\nmetadata: {tenant: demo, name: agent}\n"
        + "spec: {workspace: main, status: active, risk: low}\n";
}
