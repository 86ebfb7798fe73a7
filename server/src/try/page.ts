import { html } from 'hono/html'
import type { Html } from '../html/html.ts'
import { document } from '../html/page.ts'
import { icon, sprite } from './icons.ts'

/** The frame of the try-out page. Everything in it that depends on who looks is filled in by the script. */
export const tryPage = (): Html =>
  document({
    title: 'Try CME Commons',
    description:
      'A chat to try CME Commons in: news on CME standards as a digest, with a clock that can be moved forward.',
    bodyClass: 'try',
    head: html`<link rel="stylesheet" href="/try/try.css">
<script type="module" src="/try/client/main.js"></script>`,
    body: html`${sprite()}
<a class="skip" href="#say">Skip to the message box</a>
<noscript><p class="noscript">The try-out page needs JavaScript. Its JSON side works without: see docs/try-out.md.</p></noscript>
<div class="app">
${side()}
${talk()}
${clock()}
</div>
<dialog id="form" aria-labelledby="form-title"></dialog>
<dialog id="newcomer" aria-labelledby="newcomer-title"></dialog>
<dialog id="until" aria-labelledby="until-title"></dialog>`,
  })

const side = (): Html => html`<nav class="side" id="side" popover aria-label="Conversations">
<header class="space">
<img src="/assets/mark.svg" alt="" width="34" height="34">
<p><strong id="space">Try-out space</strong><span>On this machine only</span></p>
<button class="quiet side-close" type="button" popovertarget="side" popovertargetaction="hide" aria-label="Close the list">${icon('close')}</button>
</header>
<h2 id="side-direct">Direct message</h2>
<ul class="places" id="direct" aria-labelledby="side-direct"></ul>
<h2 id="side-channels">Channels</h2>
<ul class="places" id="channels" aria-labelledby="side-channels"></ul>
<button class="you" id="you" type="button" hidden></button>
</nav>`

const talk = (): Html => html`<main class="talk">
<header class="bar">
<button class="quiet menu" type="button" popovertarget="side" aria-label="Conversations">${icon('menu')}<span class="unread-dot" id="unread-dot" hidden></span></button>
<div class="where"><h1 id="where">CME Commons</h1><p id="about"></p></div>
<p class="line" id="line" role="status"></p>
</header>
<ol class="path" id="path" aria-label="Try it in three presses" hidden></ol>
<section class="door" id="door" aria-labelledby="door-title" hidden></section>
<div class="scroll" id="scroll" tabindex="0" role="log" aria-label="Messages" aria-live="polite"><div class="messages" id="messages"></div></div>
<button class="button newest" id="newest" type="button" hidden>${icon('down')}New messages</button>
<form class="composer" id="composer" autocomplete="off">
<p class="pending" id="pending" role="status"></p>
<ul class="offers" id="offers" role="listbox" aria-label="Commands" hidden></ul>
<div class="box">
<label class="only-heard" for="say">Message</label>
<input id="say" name="say" type="text" maxlength="3000" role="combobox" aria-expanded="false" aria-controls="offers" aria-autocomplete="list" enterkeyhint="send" spellcheck="false" disabled>
<button class="send" id="send" type="submit" aria-label="Send" disabled>${icon('send')}</button>
</div>
<p class="tip">Type <kbd>/</kbd> for commands, <kbd>Enter</kbd> to send</p>
</form>
</main>`

const clock = (): Html => html`<aside class="clock" id="clock" aria-labelledby="clock-title">
<header>
<svg class="face" viewBox="0 0 48 48" aria-hidden="true"><circle cx="24" cy="24" r="21.5"/><g id="ticks"></g><line id="hand-hour" x1="24" y1="24" x2="24" y2="13.5"/><line id="hand-minute" x1="24" y1="24" x2="24" y2="8"/><circle class="hub" cx="24" cy="24" r="1.8"/></svg>
<div class="now">
<h2 id="clock-title">The clock</h2>
<p><time id="now"></time></p>
<p class="zone" id="zone"></p>
</div>
<button class="button primary next" id="to-next" type="button" disabled>${icon('forward')}<span><span class="wide">To the </span><span id="what-next">next digest</span></span></button>
<button class="quiet unfold" id="unfold" type="button" aria-expanded="false" aria-controls="clock-more" aria-label="More about the clock">${icon('down')}</button>
</header>
<div class="clock-more" id="clock-more">
<div class="moves" role="group" aria-label="Move the clock">
<button class="button" type="button" data-by="3600">+1 hour</button>
<button class="button" type="button" data-by="86400">+1 day</button>
<button class="button" type="button" data-by="604800">+1 week</button>
<button class="button" type="button" id="to-date">${icon('calendar')}To a date…</button>
<button class="button" type="button" id="to-real" hidden>${icon('undo')}Back to real time</button>
</div>
<div class="sent" id="sent" role="status"></div>
<h3 id="upcoming-title">What will be sent</h3>
<ol class="upcoming" id="upcoming" aria-labelledby="upcoming-title"></ol>
</div>
</aside>`
