using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Configuration;

/// <summary>What never ends, or is far too much, in one tenant's folder costs the others nothing.</summary>
public sealed class EndlessDocumentTests
{
    private const string Bad = "t07";
    private const string Good = "t08";

    private const int FarTooMany = 200;

    /// <summary>Nobody writes to it: whoever waits for its content waits for ever.</summary>
    [PipeFact]
    public async Task APipeInOneTenantsFolder_LeavesTheOthersNewDocumentsInForce()
    {
        using var fifty = new FiftyTenants();
        var before = fifty.State.Current.Find(Id<Tenant>.Parse(Bad));
        Assert.True(PipeFactAttribute.Make(fifty.FileOf(Bad, "endless.yaml")));

        await HoldsAsync(fifty);

        Assert.Same(before, fifty.State.Current.Find(Id<Tenant>.Parse(Bad)));
        Assert.Equal([Bad], fifty.WithErrors);
    }

    [PipeFact]
    public async Task ADeviceThatNeverEnds_InOneTenantsFolder_LeavesTheOthersNewDocumentsInForce()
    {
        using var fifty = new FiftyTenants();
        File.CreateSymbolicLink(fifty.FileOf(Bad, "endless.yaml"), "/dev/zero");

        await HoldsAsync(fifty);

        Assert.Equal(RiskTier.Low, fifty.RiskOf(Bad));
    }

    [Fact]
    public async Task AFolderFarOverTheBound_IsRejected_AndTheOthersNewDocumentsComeIntoForce()
    {
        using var fifty = new FiftyTenants();
        Fill(fifty, FarTooMany, 1L << 32);

        await HoldsAsync(fifty);

        Assert.Equal([Bad], fifty.WithErrors);
        var error = Assert.Single(fifty.State.Tenants.Single(one => one.Errors.Count > 0).Errors);
        Assert.Contains("MiB", error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Where the folder is too much none of it is read; where it is just not, a few times the bound holds all.</summary>
    [Theory]
    [InlineData(FarTooMany, 1L << 32, 0.25)]
    [InlineData((int)(FolderStamps.MostBytes / SourceFile.MaxBytes) - 1, SourceFile.MaxBytes, 6)]
    public void WhatIsAllocatedForAFolder_IsBoundByWhatATenantMayHave(int files, long length, double times)
    {
        using var fifty = new FiftyTenants();
        Fill(fifty, files, length);
        var folder = new GovernanceFolder(fifty.Path);

        var before = GC.GetAllocatedBytesForCurrentThread();
        folder.Look(thorough: true);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, (long)(times * FolderStamps.MostBytes));
    }

    private static async Task HoldsAsync(FiftyTenants fifty)
    {
        fifty.Write(Good, "high");
        await fifty.LookAsync();
        Assert.Equal(RiskTier.High, fifty.RiskOf(Good));

        // And it does so while that goes on.
        fifty.Write(Good, "medium");
        await fifty.LookAsync();
        Assert.Equal(RiskTier.Medium, fifty.RiskOf(Good));
    }

    /// <summary>Sparse: the disk holds nothing of them.</summary>
    private static void Fill(FiftyTenants fifty, int files, long length)
    {
        for (var i = 0; i < files; i++)
        {
            using var file = File.Create(fifty.FileOf(Bad, $"more-{i}.yaml"));
            file.SetLength(length);
        }
    }
}
