using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

/// <summary>The same as the one-shot HMAC of .NET, however often and from however many threads.</summary>
public sealed class KeyedHashTests
{
    [Fact]
    public void Codes_OneAfterAnother_AreThoseOfHmacSha256() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<(NonEmptyArray<byte> Key, byte[][] Texts)>(),
                x =>
                {
                    var hash = new KeyedHash(x.Key.Get);
                    return x
                        .Texts.Where(t => t is not null)
                        .All(text => Compute(hash, text).SequenceEqual(HMACSHA256.HashData(x.Key.Get, text)));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Codes_AskedByManyThreadsAtOnce_AreEachTheirOwn()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var hash = new KeyedHash(key);

        Parallel.For(
            0,
            20_000,
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            i =>
            {
                var text = BitConverter.GetBytes(i);
                Assert.Equal(HMACSHA256.HashData(key, text), Compute(hash, text));
            }
        );
    }

    [Fact]
    public void Code_IntoTooLittleSpace_IsAnErrorThatSpoilsNothing()
    {
        var hash = new KeyedHash([1]);

        Assert.ThrowsAny<ArgumentException>(() => hash.Compute([2], new byte[8]));
        Assert.Equal(HMACSHA256.HashData([1], [3]), Compute(hash, [3]));
    }

    [Fact]
    public void Code_TakesNoAllocation()
    {
        var (hash, code) = (new KeyedHash([1]), new byte[KeyedHash.Length]);
        hash.Compute([2], code);
        var before = GC.GetAllocatedBytesForCurrentThread();

        hash.Compute([2], code);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static byte[] Compute(KeyedHash hash, byte[] text)
    {
        var code = new byte[KeyedHash.Length];
        hash.Compute(text, code);
        return code;
    }
}
