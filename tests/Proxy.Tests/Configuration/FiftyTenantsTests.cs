using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;

namespace Gateway.Proxy.Tests.Configuration;

/// <summary>What is wrong with one tenant's documents changes nothing for any of the forty-nine others.</summary>
public sealed class FiftyTenantsTests
{
    private const string Bad = "t07";
    private const string Good = "t08";

    public static TheoryData<string> Mistakes =>
        new(
            "syntax",
            "field",
            "reference",
            "twice",
            "nul",
            "not utf-8",
            "too long",
            "too many bytes",
            "too many files",
            "too deep",
            "a link to itself",
            "a dead link",
            "nested",
            "another tenant's",
            "nobody's",
            "another tenant's name in what is broken"
        );

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task AMistake_InOneTenantsFolder_LeavesTheOthersNewDocumentsInForce(string mistake)
    {
        using var fifty = new FiftyTenants();
        var before = fifty.State.Current.Find(Id<Tenant>.Parse(Bad));

        var undo = Make(fifty, mistake);
        fifty.Write(Good, "high");
        await fifty.LookAsync();

        Assert.Equal(RiskTier.High, fifty.RiskOf(Good));
        Assert.Same(before, fifty.State.Current.Find(Id<Tenant>.Parse(Bad)));
        Assert.Equal([Bad], fifty.WithErrors);
        Assert.Empty(fifty.State.Unassigned);
        Assert.All(fifty.Compiled, tenant => Assert.Contains(tenant, (string[])[Bad, Good]));
        Assert.Equal(1, fifty.Turns.CompilationsOf(Id<Tenant>.Parse(Good)));
        Assert.Equal(Bad, Assert.Single(fifty.Rejected).Tenant.ToString());
        Assert.Equal(Good, Assert.Single(fifty.Prepared).Tenant.ToString());

        // Nor does it later, and it costs nothing more.
        await fifty.LookAsync();
        fifty.Write(Good, "medium");
        await fifty.LookAsync();
        Assert.Equal(RiskTier.Medium, fifty.RiskOf(Good));
        Assert.Single(fifty.Rejected);

        undo();
        await fifty.LookAsync();
        Assert.Empty(fifty.WithErrors);
        Assert.Empty(fifty.State.Rejected);
    }

    [Fact]
    public async Task AnErrorOfOneTenant_ShowsNothingOfAnother()
    {
        using var fifty = new FiftyTenants();
        File.AppendAllText(fifty.FileOf(Bad), "---\n" + FiftyTenants.DocumentsOf("t09", "critical"));
        File.AppendAllText(fifty.FileOf(Bad), "---\n" + FiftyTenants.DocumentsOf("not-there", "critical"));
        await fifty.LookAsync();

        var errors = fifty.State.Tenants.Single(one => one.Errors.Count > 0).Errors;
        Assert.Equal(4, errors.Count); // The same for a tenant that there is and for one that there isn't.
        Assert.Single(errors.Select(error => (error.Problem, error.Remedy)).Distinct());
        Assert.All(errors, error => Assert.StartsWith(Bad, error.Position.File, StringComparison.Ordinal));
        Assert.Equal(RiskTier.Low, fifty.RiskOf("t09"));
    }

    [Theory]
    [InlineData("too long")]
    [InlineData("too many bytes")]
    [InlineData("too many files")]
    [InlineData("too deep")]
    public void WhatIsTooMuch_IsNotRead(string mistake)
    {
        using var fifty = new FiftyTenants();
        Make(fifty, mistake);
        var look = new GovernanceFolder(fifty.Path).Look(thorough: true)!;

        Assert.StartsWith(Bad, Assert.Single(look.Unread).Name, StringComparison.Ordinal);
        Assert.InRange(look.Changed.Sum(file => (long)file.Text.Length), 1, 1 << 20);
        Assert.True(look.Changed.Count <= FiftyTenants.Count + 1);
    }

    [Fact]
    public async Task ATenantThatCanNotBeMadeReadyOrPutOnRecord_KeepsItsOldDocuments_AndTheOthersDoNot()
    {
        using var fifty = new FiftyTenants();
        fifty.Unready.Add(Bad);
        fifty.Write(Bad, "high");
        fifty.Write(Good, "high");
        await fifty.LookAsync();
        await fifty.LookAsync();

        Assert.Equal((RiskTier.Low, RiskTier.High), (fifty.RiskOf(Bad), fifty.RiskOf(Good)));
        Assert.Equal([Bad], fifty.WithErrors);
        Assert.Single(fifty.Rejected); // Once, however often it is tried.
        Assert.Equal(1, fifty.Turns.CompilationsOf(Id<Tenant>.Parse(Bad)));

        fifty.Unready.Clear();
        await fifty.LookAsync();
        Assert.Equal(RiskTier.High, fifty.RiskOf(Bad));
        Assert.Empty(fifty.State.Rejected);
    }

    [Fact]
    public async Task ATenantThatWasBrokenAtTheStart_IsRefusedAlone_UntilItIsMended()
    {
        using var fifty = new FiftyTenants(Bad);
        Assert.Equal(FiftyTenants.Count - 1, fifty.State.Current.Tenants.Count);
        Assert.Equal([Bad], fifty.State.Current.Refused.Select(one => one.ToString()));
        Assert.Equal([Bad], fifty.WithErrors);

        fifty.Write(Bad, "high");
        await fifty.LookAsync();
        Assert.Equal(RiskTier.High, fifty.RiskOf(Bad));
        Assert.Empty(fifty.State.Current.Refused);
        Assert.Equal([Bad], fifty.Compiled);
    }

    [Fact]
    public void WhereEveryTenantIsBroken_ThereIsNothingToStartWith()
    {
        using var fifty = new FiftyTenants([.. FiftyTenants.All]);
        Assert.Empty(fifty.First.Tenants);
        Assert.Equal(FiftyTenants.Count, fifty.First.Refused.Count);
    }

    [Fact]
    public async Task AFileOfWhichNobodyCanTellWhoseItIs_HidesNoDocumentOfAnybodys()
    {
        using var fifty = new FiftyTenants();
        File.WriteAllText(Path.Combine(fifty.Path, "new.yaml"), "kind: [");
        fifty.Write(Good, "high");
        var text = File.ReadAllText(fifty.FileOf("t09"));
        File.WriteAllText(fifty.FileOf("t09"), text[..text.IndexOf("---", StringComparison.Ordinal)]); // Its agent may be in the new file.
        await fifty.LookAsync();

        Assert.Equal(RiskTier.High, fifty.RiskOf(Good));
        Assert.Equal(RiskTier.Low, fifty.RiskOf("t09"));
        Assert.Equal(["t09"], fifty.WithErrors);
        Assert.Equal("new.yaml", Assert.Single(fifty.State.Unassigned.Select(error => error.Position.File).Distinct()));
    }

    [Fact]
    public async Task AMistakeInAFileOfSeveralTenants_IsItsDocumentsTenants()
    {
        using var fifty = new FiftyTenants();
        foreach (var tenant in (string[])[Bad, Good])
        {
            Directory.Delete(fifty.FolderOf(tenant), recursive: true);
        }

        var file = Path.Combine(fifty.Path, "shared.yaml");
        File.WriteAllText(file, FiftyTenants.DocumentsOf(Bad, "unheard-of") + "---\n" + FiftyTenants.DocumentsOf(Good, "high"));
        await fifty.LookAsync();
        Assert.Equal([Bad], fifty.WithErrors);
        Assert.Equal((RiskTier.Low, RiskTier.High), (fifty.RiskOf(Bad), fifty.RiskOf(Good)));

        File.WriteAllText(file, FiftyTenants.DocumentsOf(Bad, "high") + "---\n" + FiftyTenants.DocumentsOf(Good, "medium") + "\nx: [");
        await fifty.LookAsync();
        Assert.Equal([Bad, Good], fifty.WithErrors); // Nobody can tell where what is wrong ends.
    }

    [Fact]
    public async Task ATenantWithoutDocuments_IsGone_AndNobodyElse()
    {
        using var fifty = new FiftyTenants();
        Directory.Delete(fifty.FolderOf(Bad), recursive: true);
        var tenants = Path.Combine(fifty.Path, "tenants.yaml");
        File.WriteAllText(tenants, File.ReadAllText(tenants).Replace(FiftyTenants.TenantOf(Bad), "", StringComparison.Ordinal));
        await fifty.LookAsync();

        Assert.Null(fifty.State.Current.Find(Id<Tenant>.Parse(Bad)));
        Assert.Equal(FiftyTenants.Count - 1, fifty.State.Current.Tenants.Count);
        Assert.Empty(fifty.State.Rejected);
    }

    private static Action Make(FiftyTenants fifty, string mistake)
    {
        var more = fifty.FileOf(Bad, "more.yaml");
        switch (mistake)
        {
            case "field":
                File.WriteAllText(
                    more,
                    FiftyTenants.DocumentsOf(Bad, "low").Replace("assistant", "two, colour: red", StringComparison.Ordinal)
                );
                break;
            case "reference":
                var agent = FiftyTenants.DocumentsOf(Bad, "low").Split("---\n")[1];
                agent = agent.Replace("assistant", "two", StringComparison.Ordinal);
                File.WriteAllText(more, agent.Replace("risk: low", "risk: low, workspace: nowhere", StringComparison.Ordinal));
                break;
            case "twice":
                File.Copy(fifty.FileOf(Bad), more);
                break;
            case "nul":
                File.WriteAllText(more, "a: b\0c");
                break;
            case "not utf-8":
                File.WriteAllBytes(more, [0xFF, 0xFE, 0xFD]);
                break;
            case "too long":
                Long(more);
                break;
            case "too many bytes":
                for (var i = 0; i <= FolderStamps.MostBytes / SourceFile.MaxBytes; i++)
                {
                    Long(fifty.FileOf(Bad, $"more-{i}.yaml"));
                }

                return () => Remove(fifty, "more-*");
            case "too many files":
                for (var i = 0; i <= FolderStamps.MostFiles; i++)
                {
                    File.WriteAllText(fifty.FileOf(Bad, $"more-{i}.yaml"), "");
                }

                return () => Remove(fifty, "more-*");
            case "too deep":
                var top = Path.Combine(fifty.FolderOf(Bad), "in");
                var deep = Enumerable.Repeat("in", FolderStamps.MostDepth).Aggregate(fifty.FolderOf(Bad), Path.Combine);
                Directory.CreateDirectory(deep);
                return () => Directory.Delete(top, recursive: true);
            case "a link to itself":
                var link = Path.Combine(fifty.FolderOf(Bad), "again");
                Directory.CreateSymbolicLink(link, fifty.FolderOf(Bad));
                return () => Directory.Delete(link);
            case "a dead link":
                File.CreateSymbolicLink(more, Path.Combine(fifty.Path, "nowhere"));
                break;
            case "nested":
                File.WriteAllText(more, new string('[', 100_000));
                break;
            case "another tenant's":
                File.WriteAllText(more, FiftyTenants.DocumentsOf("t09", "critical"));
                break;
            case "nobody's":
                File.WriteAllText(more, FiftyTenants.DocumentsOf("not-there", "critical"));
                break;
            case "another tenant's name in what is broken":
                File.WriteAllText(more, FiftyTenants.DocumentsOf("t09", "critical") + "\nt10: [");
                break;
            default:
                File.WriteAllText(more, "kind: [");
                break;
        }

        return () => File.Delete(more);
    }

    /// <summary>Takes no room on the disk.</summary>
    private static void Long(string file)
    {
        using var stream = File.Create(file);
        stream.SetLength(SourceFile.MaxBytes + 1);
    }

    private static void Remove(FiftyTenants fifty, string pattern)
    {
        foreach (var file in Directory.GetFiles(fifty.FolderOf(Bad), pattern))
        {
            File.Delete(file);
        }
    }
}
