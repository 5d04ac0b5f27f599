using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Tests.Records;

public sealed class RecordTimeTests
{
    [Fact]
    public void Write_AnyOffset_GivesUtcWithMilliseconds()
    {
        var text = new byte[RecordTime.Length];
        RecordTime.Write(new DateTimeOffset(2030, 1, 2, 3, 4, 5, 6, TimeSpan.FromHours(2)), text);

        Assert.Equal("2030-01-02T01:04:05.006Z"u8, text);
        Assert.True(RecordTime.IsValid(text));
    }

    [Fact]
    public void Write_AnyTime_IsReadAgainToTheMillisecond() =>
        Prop.ForAll<DateTimeOffset>(time =>
            {
                var text = new byte[RecordTime.Length];
                RecordTime.Write(time, text);
                return RecordTime.IsValid(text)
                    && RecordTime.TryParse(Encoding.ASCII.GetString(text), out var read)
                    && read.UtcTicks == time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void IsValid_OtherForms_AreNot()
    {
        Assert.False(RecordTime.IsValid("2030-01-02T01:04:05Z"u8));
        Assert.False(RecordTime.IsValid("2030-01-02T01:04:05.006+"u8));
        Assert.False(RecordTime.IsValid("2030-01-02 01:04:05.006Z"u8));
    }
}
