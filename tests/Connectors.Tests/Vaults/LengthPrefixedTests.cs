using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

public sealed class LengthPrefixedTests
{
    [Fact]
    public void Join_PutsTheLengthInFrontOfEachField() =>
        Assert.Equal([0, 2, (byte)'a', (byte)'b', 0, 0, 0, 2, 0xC3, 0xA9], LengthPrefixed.Join("ab", "", "é"));

    [Fact]
    public void Join_DifferentFields_GiveDifferentBytes() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<NonNull<string>[]>().Filter(f => f.Length is > 0 and < 5),
                fields =>
                {
                    var texts = fields.Select(f => new string(f.Get.Where(char.IsAscii).ToArray())).ToArray();
                    var moved = texts.ToArray();
                    moved[^1] += "x";
                    return !LengthPrefixed.Join(texts).SequenceEqual(LengthPrefixed.Join(moved))
                        && !LengthPrefixed.Join(texts).SequenceEqual(LengthPrefixed.Join([string.Concat(texts)])) == texts.Length > 1;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Join_AFieldTooLong_IsRefused() => Assert.Throws<ArgumentException>(() => LengthPrefixed.Join(new string('a', 65_536)));
}
