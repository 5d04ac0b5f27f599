using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Gait.Adapters;
using Gateway.Policy.Tests.Rules;

namespace Gateway.Gait.Tests.Adapters;

public sealed class ToolCallAdaptersPropertyTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(12);

    [Fact]
    public void Adapters_OfAnyBytes_NeverThrow() =>
        Prop.ForAll(
                Gen.Elements(RulePropertyTests.Pieces).ArrayOf().Select(string.Concat).ToArbitrary(),
                text => IsSound(Encoding.UTF8.GetBytes(text))
            )
            .Check(Often.WithEndSize(40));

    [Fact]
    public void Adapters_OfAnyNoise_NeverThrow() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => IsSound(bytes ?? [])).Check(Often);

    private static bool IsSound(byte[] bytes)
    {
        McpServerReader.Read(bytes);
        return ToolCallAdapters
            .Names.Select(adapter => ToolCallAdapters.Read(adapter, bytes))
            .All(result => result.Intent is null == result.Errors.Count > 0);
    }
}
