// Starts the interface: connects to the engine and mounts the application.
import { mount } from 'svelte';
import { z } from 'zod';
import App from './app.svelte';
import { connect, createApi } from './lib/api.ts';
import { createAppState } from './state/app-state.svelte.ts';
import '@fontsource-variable/inter';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

// The content security policy forbids generated code, so schemas are walked instead of compiled.
z.config({ jitless: true });

const { bridge, connection } = connect();
const app = createAppState(createApi(bridge), connection);

mount(App, { target: document.getElementById('app')!, props: { app } });
void app.start();
