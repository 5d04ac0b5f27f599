namespace Gateway.Fuzz.Tests;

/// <summary>
/// What <c>make fuzz</c> looks for with more time: each target gets its seeds, what was found before, and a fixed number of their changes.
/// </summary>
public sealed class ReplayTests
{
    /// <summary>Where an input takes files or signatures, fewer: all together take less than a minute.</summary>
    private static readonly Dictionary<string, int> Fewer = new()
    {
        ["journal"] = 150,
        ["receipt"] = 1000,
        ["pack"] = 2000,
        ["governance"] = 1000,
        ["redaction"] = 1000,
        ["cel"] = 2000,
    };

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_SeedsAndTheirChanges_KeepEveryPromise(string name)
    {
        var target = FuzzTarget.Find(name);
        foreach (var input in Inputs.Of(target, Fewer.GetValueOrDefault(name, 5000)))
        {
            try
            {
                target.Run(input);
            }
            catch (Exception e)
            {
                var file = Path.Combine(Path.GetTempPath(), $"gateway-fuzz-{name}");
                File.WriteAllBytes(file, input);
                Assert.Fail($"{e}\nThe input is in {file}: {Convert.ToBase64String(input)}");
            }
        }
    }

    /// <summary>A target that no input gets through proves nothing.</summary>
    [Theory]
    [MemberData(nameof(Targets))]
    public void Target_ItsSeeds_AreThere(string name) => Assert.True(Inputs.SeedsOf(FuzzTarget.Find(name)).Take(3).Count() == 3, name);
}
