using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Packages;

public sealed class BillOfMaterialsTests
{
    private static readonly string Published = AppContext.BaseDirectory; // The command as it was built, with its gateway.deps.json.

    [Fact]
    public async Task Bill_NamesEveryPackageThatIsShipped_ByItsDigest_AndNoOther()
    {
        using var bill = JsonDocument.Parse(await BillAsync(Published));
        var named = bill
            .RootElement.GetProperty("components")
            .EnumerateArray()
            .Where(component => component.TryGetProperty("purl", out _))
            .ToDictionary(c => c.GetProperty("purl").GetString()!, c => c.GetProperty("hashes")[0].GetProperty("content").GetString()!);

        using var deps = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Published, "gateway.deps.json")));
        var shipped = deps
            .RootElement.GetProperty("libraries")
            .EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .ToDictionary(
                library => "pkg:nuget/" + library.Name.Replace('/', '@'),
                library => Convert.ToHexStringLower(Convert.FromBase64String(library.Value.GetProperty("sha512").GetString()![7..]))
            );
        Assert.Contains(shipped.Keys, purl => purl.StartsWith("pkg:nuget/Yarp.ReverseProxy@", StringComparison.Ordinal));
        Assert.Equal(shipped.OrderBy(p => p.Key), named.OrderBy(p => p.Key));
    }

    [Fact]
    public async Task Bill_OfTheSameFolder_IsTheSameBytes() => Assert.Equal(await BillAsync(Published), await BillAsync(Published));

    [SchemaFact]
    public async Task Bill_HoldsAgainstThePublishedSchema_AndAWrongOneDoesNot()
    {
        var bill = await BillAsync(Published);
        await Programs.OutputAsync(SchemaFactAttribute.Folder, ["node", "validate.mjs"], bill);

        var wrong = bill.Replace("\"SHA-512\"", "\"SHA-513\"", StringComparison.Ordinal);
        Assert.Equal(1, (await Programs.RunAsync(SchemaFactAttribute.Folder, ["node", "validate.mjs"], wrong)).Exit);
    }

    private static Task<string> BillAsync(string published) =>
        Programs.OutputAsync(Repository.Root, ["python3", "scripts/sbom.py", published]);
}
