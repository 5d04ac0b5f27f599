using Gateway.Administration.SignIn;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Administration.Tests.SignIn;

/// <summary>Guessing gets slower, by name and by address, and what was right is forgotten.</summary>
public sealed class SignInThrottleTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Success_TakesItselfBack_AndNothingElse()
    {
        var throttle = new SignInThrottle(_time);
        for (var tries = 0; tries < 20; tries++)
        {
            throttle.Begin("address 192.0.2.1");
            throttle.TakeBack("address 192.0.2.1");
        }

        Assert.Equal(TimeSpan.Zero, throttle.Wait("address 192.0.2.1"));
        for (var tries = 0; tries < 4; tries++)
        {
            throttle.Begin("address 192.0.2.1");
            throttle.Begin("address 192.0.2.1");
            throttle.TakeBack("address 192.0.2.1");
        }

        throttle.Begin("address 192.0.2.1");
        Assert.True(throttle.Wait("address 192.0.2.1") > TimeSpan.Zero);
    }

    [Fact]
    public void FifthFailure_Waits_AndEachFurtherOneTwiceAsLong_UpToAQuarterOfAnHour()
    {
        var throttle = new SignInThrottle(_time);
        var waits = new List<double>();
        for (var tries = 0; tries < 18; tries++)
        {
            throttle.Begin("name demo/ada");
            waits.Add(throttle.Wait("name demo/ada").TotalSeconds);
            _time.Advance(throttle.Wait("name demo/ada"));
        }

        Assert.Equal([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900, 900], waits);
    }

    [Fact]
    public void OneAddress_WaitsWhateverNamesItTries_AndAnotherDoesNot()
    {
        var throttle = new SignInThrottle(_time);
        for (var tries = 0; tries < 5; tries++)
        {
            throttle.Begin($"name demo/{tries}", "address 192.0.2.1");
        }

        Assert.True(throttle.Wait("name demo/ben", "address 192.0.2.1") > TimeSpan.Zero);
        Assert.Equal(TimeSpan.Zero, throttle.Wait("name demo/ben", "address 192.0.2.2"));
    }

    [Fact]
    public void SignInThatSucceeds_AndAQuarterOfAnHourWithoutAny_BeginAnew()
    {
        var throttle = new SignInThrottle(_time);
        for (var tries = 0; tries < 5; tries++)
        {
            throttle.Begin("name demo/ada");
            throttle.Begin("name demo/ben");
        }

        throttle.Forget("name demo/ada");
        _time.Advance(TimeSpan.FromMinutes(16));
        throttle.Begin("name demo/ada");
        throttle.Begin("name demo/ben");

        Assert.Equal(TimeSpan.Zero, throttle.Wait("name demo/ada", "name demo/ben"));
    }
}
